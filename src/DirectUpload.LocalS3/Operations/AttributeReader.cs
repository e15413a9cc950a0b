using System.Text;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Reads what a writer says about an object, from headers or from form fields: the names are the same.</summary>
internal static class AttributeReader
{
    /// <summary>S3's limit on user metadata, names and values together, in bytes.</summary>
    private const int MaxMetadata = 2048;

    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly string[] Served =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    // Promises that could not be kept here; taking the bytes and forgetting the promise would be worse than a refusal.
    private static readonly string[] Unsupported =
    [
        "x-amz-website-redirect-location", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-context",
        "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write-acp", "x-amz-grant-full-control", "x-amz-write-offset-bytes",
    ];

    /// <param name="request">The request, whose headers (and signed query) are read.</param>
    public static ObjectAttributes Read(S3Request request) =>
        Read(request.Setting, request.SettingsStartingWith(MetadataPrefix), TagSet.ParseHeader(request.Setting("x-amz-tagging")));

    /// <param name="setting">Finds a value by its name, in any case.</param>
    /// <param name="metadata">The user metadata by their full names.</param>
    /// <param name="tags">The object's tags.</param>
    public static ObjectAttributes Read(
        Func<string, string?> setting, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyDictionary<string, string> tags)
    {
        RefuseUnsupported(setting);
        var headers = Served.Where(name => !string.IsNullOrEmpty(setting(name))).ToDictionary(name => name, name => setting(name)!);
        headers.TryAdd("Content-Type", "binary/octet-stream");
        WithoutTransferFraming(headers);
        foreach (var (name, value) in headers)
            HeaderText.Require(name, value);
        return new ObjectAttributes
        {
            Headers = headers,
            Metadata = ReadMetadata(metadata),
            Acl = CannedAcl.Parse(setting("x-amz-acl") ?? CannedAcl.Private),
            Encryption = ReadEncryption(setting("x-amz-server-side-encryption")),
            StorageClass = OneOf(StorageClasses, setting("x-amz-storage-class") ?? "STANDARD",
                value => new S3Exception(400, "InvalidStorageClass", "The storage class you specified is not valid")
                    .With("StorageClassRequested", value)),
            Tags = tags,
        };
    }

    /// <summary>What would have to be promised and cannot be.</summary>
    public static void RefuseUnsupported(Func<string, string?> setting)
    {
        if (Unsupported.FirstOrDefault(name => setting(name) is not null) is { } unsupported)
            throw S3Errors.NotImplemented(unsupported);
    }

    /// <summary>aws-chunked is how the body travelled, not what it is.</summary>
    private static void WithoutTransferFraming(Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Content-Encoding", out var encoding))
            return;
        var rest = string.Join(',', encoding.Split(',', StringSplitOptions.TrimEntries).Where(e => e is not ("aws-chunked" or "")));
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
            result[name.ToLowerInvariant()] = value.Trim();
        }
        var size = result.Sum(item => item.Key.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(item.Value));
        return size <= MaxMetadata ? result : throw new S3Exception(400, "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size")
            .With("Size", $"{size}").With("MaxSizeAllowed", $"{MaxMetadata}");
    }

    private static string? ReadEncryption(string? value) => value switch
    {
        null or "AES256" => value,
        "aws:kms" or "aws:kms:dsse" => throw S3Errors.NotImplemented("x-amz-server-side-encryption: " + value),
        _ => throw S3Errors.InvalidArgument("The encryption method specified is not supported", "x-amz-server-side-encryption", value),
    };

    private static string OneOf(string[] known, string value, Func<string, S3Exception> refusal) =>
        known.Contains(value) ? value : throw refusal(value);
}
