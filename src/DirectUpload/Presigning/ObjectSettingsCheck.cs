using System.Text;
using DirectUpload.Presigning.Checks;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>
/// Finds the settings of an object that S3 never accepts, wherever they are used: at start, in a PUT, a form, a multipart upload.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
internal static class ObjectSettingsCheck
{
    /// <summary>
    /// S3 takes 8,192 bytes of headers; those that are no settings (signature, session token, source of a copy) need some of them.
    /// </summary>
    public const int MaxHeaderBytes = 6144;

    private const int MaxSystemMetadataBytes = 2048;

    private static readonly string[] Acls =
        [
            "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read",
            "bucket-owner-full-control",
        ];

    private static readonly string[] Encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

    private static readonly Func<ObjectSettings, string?>[] Rules =
    [
        settings => FindUnknownValueError("Acl", settings.Acl, Acls),
        settings => HeaderText.FindError("CacheControl", settings.CacheControl),
        settings => HeaderText.FindError("ContentDisposition", settings.ContentDisposition),
        settings => HeaderText.FindError("ContentEncoding", settings.ContentEncoding),
        settings => FindUnknownValueError("ServerSideEncryption", settings.ServerSideEncryption, Encryptions),
        settings => FindKmsKeyError(settings),
        settings => MetadataCheck.FindError(settings.Metadata),
        settings => TagCheck.FindError(settings.Tags),
        settings => FindSystemMetadataError(settings),
        settings => FindSizeError(settings),
    ];

    /// <summary>Finds every fault. Each is a sentence that begins with the setting's name.</summary>
    public static IEnumerable<string> FindErrors(ObjectSettings settings) => Rules.Select(find => find(settings)).OfType<string>();

    /// <exception cref="ArgumentException">S3 would never accept the settings; the message says why.</exception>
    public static void ThrowIfInvalid(ObjectSettings settings)
    {
        // Most requests have none, and every signature comes by here.
        if (SignedHeaders.CountHeaders(settings) == 0)
            return;
        foreach (var find in Rules)
        {
            if (find(settings) is { } fault)
                throw new ArgumentException($"Settings.{fault}");
        }
    }

    private static string? FindUnknownValueError(string name, string? value, string[] known) =>
        value is null || known.Contains(value, StringComparer.Ordinal)
            ? null
            : $"{name} is {DisplayText.Quote(value)}, which S3 does not know; write {string.Join(", ", known[..^1])} or {known[^1]}.";

    private static string? FindKmsKeyError(ObjectSettings settings) =>
        settings.KmsKeyId is { } key && settings.ServerSideEncryption?.StartsWith("aws:kms", StringComparison.Ordinal) != true
            ? $"KmsKeyId is {DisplayText.Quote(key)}, but ServerSideEncryption is {DisplayText.Quote(settings.ServerSideEncryption)}; " +
                "set it to aws:kms or aws:kms:dsse, or remove the key."
            : HeaderText.FindError("KmsKeyId", settings.KmsKeyId);

    /// <summary>Finds settings that, with other headers, exceed the 2 KB of system metadata that S3 stores with an object.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="otherBytes">The bytes of the headers that the settings do not have, such as the content type.</param>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</remarks>
    public static string? FindSystemMetadataError(ObjectSettings settings, int otherBytes = 0)
    {
        var size = Measure("cache-control", settings.CacheControl) + Measure("content-disposition", settings.ContentDisposition)
            + Measure("content-encoding", settings.ContentEncoding) + otherBytes;
        return size <= MaxSystemMetadataBytes
            ? null
            : $"CacheControl, ContentDisposition and ContentEncoding make {size} bytes of system metadata"
                + $"{(otherBytes == 0 ? string.Empty : " with the headers that the library adds")}; "
                + $"S3 stores at most {MaxSystemMetadataBytes}. Shorten them.";
    }

    private static int Measure(string header, string? value) => value is null ? 0 : header.Length + Encoding.UTF8.GetByteCount(value);

    private static string? FindSizeError(ObjectSettings settings)
    {
        if (MetadataCheck.FindError(settings.Metadata) is not null || TagCheck.FindError(settings.Tags) is not null)
            return null;
        var size = settings.Metadata.Sum(item => "x-amz-meta-: \r\n".Length + item.Key.Length + item.Value.Length)
            + (settings.Tags.Count == 0 ? 0 : "x-amz-tagging: \r\n".Length + ObjectTags.ToQueryString(settings.Tags).Length)
            + Encoding.UTF8.GetByteCount(
                $"{settings.CacheControl}{settings.ContentDisposition}{settings.ContentEncoding}{settings.KmsKeyId}");
        return size <= MaxHeaderBytes
            ? null
            : $"Tags, Metadata and the other settings make {size} bytes of headers (tags are percent-encoded there); S3 takes 8,192 in " +
                $"all, so at most {MaxHeaderBytes} of settings. Shorten them.";
    }
}
