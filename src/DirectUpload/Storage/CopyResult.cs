using System.Diagnostics.CodeAnalysis;
using System.Xml;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>The body of a response to CopyObject.</summary>
internal sealed class CopyResult
{
    private readonly Dictionary<string, string> _elements;

    private CopyResult(Dictionary<string, string> elements) => _elements = elements;

    /// <summary>Parses the body of a response that reports success.</summary>
    /// <returns>False when it reports an error, or nothing that can be read.</returns>
    public static bool TryParse(string xml, [NotNullWhen(true)] out CopyResult? result)
    {
        result = Read(xml, "CopyObjectResult") is { } elements && elements.ContainsKey("ETag") ? new CopyResult(elements) : null;
        return result is not null;
    }

    /// <summary>Reads the code of an error; null when the body is not an error.</summary>
    public static string? ReadErrorCode(string xml) => Read(xml, "Error")?.GetValueOrDefault("Code");

    public CopyObjectResponse ToResponse(string? versionId, string? encryption) => new()
    {
        ETag = _elements["ETag"],
        VersionId = versionId,
        ServerSideEncryptionMethod = encryption,
        ChecksumCRC32 = _elements.GetValueOrDefault("ChecksumCRC32"),
        ChecksumCRC32C = _elements.GetValueOrDefault("ChecksumCRC32C"),
        ChecksumCRC64NVME = _elements.GetValueOrDefault("ChecksumCRC64NVME"),
        ChecksumSHA1 = _elements.GetValueOrDefault("ChecksumSHA1"),
        ChecksumSHA256 = _elements.GetValueOrDefault("ChecksumSHA256"),
        ChecksumType = _elements.TryGetValue("ChecksumType", out var type) ? ChecksumType.FindValue(type) : null,
    };

    private static Dictionary<string, string>? Read(string xml, string root)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            reader.MoveToContent();
            if (reader.LocalName != root)
                return null;
            var elements = new Dictionary<string, string>();
            reader.Read();
            while (!reader.EOF)
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
                    elements[reader.LocalName] = reader.ReadElementContentAsString();
                else
                    reader.Read();
            }

            return elements;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
