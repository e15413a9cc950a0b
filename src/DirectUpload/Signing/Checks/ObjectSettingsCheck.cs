using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Signing.Checks;

/// <summary>Finds the settings of an object that S3 never accepts, wherever they are used: at start, in a PUT, a form, a multipart upload.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
internal static class ObjectSettingsCheck
{
    /// <summary>S3 takes 8,192 bytes of headers; those that are no settings (signature, session token, source of a copy) need some of them.</summary>
    public const int LargestHeaders = 6144;

    private static readonly string[] Acls =
        ["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"];

    private static readonly string[] Encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

    private static readonly Func<ObjectSettings, string?>[] All =
    [
        settings => OneOf("Acl", settings.Acl, Acls),
        settings => HeaderText.FindFault("CacheControl", settings.CacheControl),
        settings => HeaderText.FindFault("ContentDisposition", settings.ContentDisposition),
        settings => HeaderText.FindFault("ContentEncoding", settings.ContentEncoding),
        settings => OneOf("ServerSideEncryption", settings.ServerSideEncryption, Encryptions),
        settings => FindKeyFault(settings),
        settings => MetadataCheck.FindFault(settings.Metadata),
        settings => TagCheck.FindFault(settings.Tags),
        settings => FindSizeFault(settings),
    ];

    /// <summary>Finds every fault. Each is a sentence that begins with the setting's name.</summary>
    public static IEnumerable<string> FindFaults(ObjectSettings settings) => All.Select(find => find(settings)).OfType<string>();

    /// <exception cref="ArgumentException">S3 would never accept the settings; the message says why.</exception>
    public static void ThrowIfFaulty(ObjectSettings settings)
    {
        // Most requests have none, and every signature comes by here.
        if (SignedHeaders.CountOf(settings) == 0)
            return;
        foreach (var find in All)
        {
            if (find(settings) is { } fault)
                throw new ArgumentException($"Settings.{fault}");
        }
    }

    private static string? OneOf(string name, string? value, string[] known) =>
        value is null || known.Contains(value, StringComparer.Ordinal) ? null : $"{name} is {Quoted.Text(value)}, which S3 does not know; write {string.Join(", ", known[..^1])} or {known[^1]}.";

    private static string? FindKeyFault(ObjectSettings settings) =>
        settings.KmsKeyId is { } key && settings.ServerSideEncryption?.StartsWith("aws:kms", StringComparison.Ordinal) != true
            ? $"KmsKeyId is {Quoted.Text(key)}, but ServerSideEncryption is {Quoted.Text(settings.ServerSideEncryption)}; set it to aws:kms or aws:kms:dsse, or remove the key."
            : HeaderText.FindFault("KmsKeyId", settings.KmsKeyId);

    private static string? FindSizeFault(ObjectSettings settings)
    {
        if (MetadataCheck.FindFault(settings.Metadata) is not null || TagCheck.FindFault(settings.Tags) is not null)
            return null;
        var size = settings.Metadata.Sum(item => "x-amz-meta-: \r\n".Length + item.Key.Length + item.Value.Length)
            + (settings.Tags.Count == 0 ? 0 : "x-amz-tagging: \r\n".Length + ObjectTags.AsQuery(settings.Tags).Length)
            + Encoding.UTF8.GetByteCount($"{settings.CacheControl}{settings.ContentDisposition}{settings.ContentEncoding}{settings.KmsKeyId}");
        return size <= LargestHeaders
            ? null
            : $"Tags, Metadata and the other settings make {size} bytes of headers (tags are percent-encoded there); S3 takes 8,192 in all, so at most {LargestHeaders} of settings. Shorten them.";
    }
}
