using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents a field of a form, with the starts of the conditions on it. The name needs no escapes in JSON.</summary>
internal sealed class PolicyField(string name)
{
    public static readonly PolicyField Key = new("key");
    public static readonly PolicyField ContentType = new("Content-Type");
    public static readonly PolicyField ChecksumAlgorithm = new("x-amz-checksum-algorithm");
    public static readonly PolicyField ChecksumSha256 = new("x-amz-checksum-sha256");
    public static readonly PolicyField SuccessRedirect = new("success_action_redirect");
    public static readonly PolicyField SuccessStatus = new("success_action_status");
    public static readonly PolicyField Acl = new("acl");
    public static readonly PolicyField CacheControl = new("Cache-Control");
    public static readonly PolicyField ContentDisposition = new("Content-Disposition");
    public static readonly PolicyField ContentEncoding = new("Content-Encoding");
    public static readonly PolicyField ServerSideEncryption = new("x-amz-server-side-encryption");
    public static readonly PolicyField KmsKeyId = new("x-amz-server-side-encryption-aws-kms-key-id");
    public static readonly PolicyField Tagging = new("tagging");

    public string Name => name;

    /// <summary>Gets the condition up to the value that the field must have.</summary>
    public byte[] ExactMatch { get; } = Encoding.ASCII.GetBytes($"{{\"{name}\":\"");

    /// <summary>Gets the condition up to the prefix that the field must have.</summary>
    public byte[] StartsWith { get; } = Encoding.ASCII.GetBytes($"[\"starts-with\",\"${name}\",\"");
}
