using System.Text;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Reads the attributes of an object from headers or from form fields, which have the same names.</summary>
internal static class ObjectAttributesReader
{
    /// <summary>S3's maximum size of the user-defined and of the system-defined metadata, names and values together, in bytes.</summary>
    private const int MaxMetadataSize = 2048;

    // Other white space, such as U+2028, belongs to the value.
    private static readonly char[] HttpWhiteSpace = [' ', '\t'];

    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly string[] ServedHeaders =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    /// <param name="request">The request, with its headers and its signed query.</param>
    public static ObjectAttributes Read(S3Request request) =>
        Read(request.GetSetting, request.GetSettings(MetadataPrefix), TagSet.ParseHeader(request.GetSetting("x-amz-tagging")));

    /// <param name="setting">Returns a value by its case-insensitive name.</param>
    /// <param name="metadata">The user metadata by full header names.</param>
    /// <param name="tags">The object's tags.</param>
    public static ObjectAttributes Read(
        Func<string, string?> setting, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyDictionary<string, string> tags)
    {
        var headers = ServedHeaders.Where(name => !string.IsNullOrEmpty(setting(name))).ToDictionary(name => name, name => setting(name)!);
        WithoutTransferFraming(headers);
        CheckSize(headers.Sum(header => header.Key.Length + Encoding.UTF8.GetByteCount(header.Value)));
        headers.TryAdd("Content-Type", "binary/octet-stream");
        foreach (var (name, value) in headers)
            HeaderText.Require(name, value);
        return new ObjectAttributes
        {
            Headers = headers,
            Metadata = ReadMetadata(metadata),
            Acl = CannedAcl.Parse(setting("x-amz-acl") ?? CannedAcl.Private),
            Encryption = ReadEncryption(setting("x-amz-server-side-encryption")),
            StorageClass = ReadOneOf(StorageClasses, setting("x-amz-storage-class") ?? "STANDARD",
                value => new S3Exception(400, "InvalidStorageClass", "The storage class you specified is not valid")
                    .WithDetail("StorageClassRequested", value)),
            Tags = tags,
        };
    }

    /// <summary>Removes aws-chunked from the content encoding, because it describes the transfer, not the object.</summary>
    private static void WithoutTransferFraming(Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Content-Encoding", out var encoding))
            return;
        // The other encodings stay exactly as the client wrote them.
        var rest = string.Join(',', encoding.Split(',')
            .Where(name => !name.Trim().Equals("aws-chunked", StringComparison.OrdinalIgnoreCase))).Trim();
        if (rest.Length == 0)
            headers.Remove("Content-Encoding");
        else
            headers["Content-Encoding"] = rest;
    }

    private static Dictionary<string, string> ReadMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata)
        {
            HeaderText.RequireName(name);
            result[name.ToLowerInvariant()] = value.Trim(HttpWhiteSpace);
        }
        var size = result.Sum(item => item.Key.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(item.Value));
        CheckSize(size);
        return result;
    }

    private static void CheckSize(int size)
    {
        if (size > MaxMetadataSize)
            throw new S3Exception(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
                .WithDetail("Size", $"{size}").WithDetail("MaxSizeAllowed", $"{MaxMetadataSize}");
    }

    private static string? ReadEncryption(string? value) => value switch
    {
        null or "AES256" => value,
        "aws:kms" or "aws:kms:dsse" => throw S3Errors.NotImplemented("x-amz-server-side-encryption: " + value),
        _ => throw S3Errors.InvalidArgument("The encryption method specified is not supported", "x-amz-server-side-encryption", value),
    };

    private static string ReadOneOf(string[] known, string value, Func<string, S3Exception> refusal) =>
        known.Contains(value) ? value : throw refusal(value);
}
