using System.Globalization;
using System.Text;
using System.Xml;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Primitives;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Reads the body of S3's CompleteMultipartUpload, which lists the parts that the client has sent. It reads the body once, in linear time.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html.</remarks>
internal static class CompletedPartsReader
{
    private const int MaxTextLength = 200;
    private const int MaxAttributes = 8;

    // CompleteMultipartUpload, Part, ETag, and its text.
    private const int MaxDepth = 3;

    private const string InvalidPartsMessage =
        "The body must name each part once, with its ETag. Browsers can read ETag only if the bucket's CORS rules expose it.";

    private static readonly XmlReaderSettings ReaderSettings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = JsonBodyReader.PartsMaxKiB * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads the parts.</summary>
    /// <returns>The ETag of each part by its number, or the error message.</returns>
    public static async Task<(Dictionary<int, string>? Sent, string? Fault)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(body, ReaderSettings);
            return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }
        catch (XmlException)
        {
            return (null, "The body is not well-formed XML of at most 1 MiB.");
        }
    }

    private static async Task<(Dictionary<int, string>? Sent, string? Fault)> ReadAsync(
        XmlReader reader, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<int, string>();
        var (number, eTag) = (new StringBuilder(), new StringBuilder());
        // The text that is being read; null outside of PartNumber and ETag.
        StringBuilder? text = null;
        var isPart = false;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Depth > MaxDepth || reader.AttributeCount > MaxAttributes)
                return (null, "The body is nested deeper than a CompleteMultipartUpload is, or has too many attributes.");
            switch ((reader.NodeType, reader.Depth))
            {
                case (XmlNodeType.Element, 0) when reader.LocalName != "CompleteMultipartUpload":
                    return (null, "The body is not a CompleteMultipartUpload.");
                case (XmlNodeType.Element, 1):
                    (isPart, text) = (reader.LocalName == "Part", null);
                    number.Clear();
                    eTag.Clear();
                    if (isPart && reader.IsEmptyElement)
                        return (null, InvalidPartsMessage);
                    break;
                case (XmlNodeType.Element, 2):
                    text = isPart && !reader.IsEmptyElement
                        ? reader.LocalName switch { "PartNumber" => number, "ETag" => eTag, _ => null }
                        : null;
                    if (text?.Length > 0)
                        return (null, InvalidPartsMessage);
                    break;
                case (XmlNodeType.Text or XmlNodeType.CDATA, MaxDepth) when text is not null:
                    if (text.Length + reader.Value.Length > MaxTextLength)
                        return (null, InvalidPartsMessage);
                    text.Append(reader.Value);
                    break;
                case (XmlNodeType.EndElement, 1) when isPart:
                    var tag = eTag.ToString().Trim();
                    if (!int.TryParse(number.ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                        || tag.Length == 0 || !sent.TryAdd(part, tag))
                        return (null, InvalidPartsMessage);
                    if (sent.Count > S3Limits.MaxParts)
                        return (null, "The body names more than 10,000 parts.");
                    break;
            }
        }

        return (sent, null);
    }
}
