using System.Text;

namespace DirectUpload.Signing;

/// <summary>A header that must be sent exactly so.</summary>
internal readonly record struct SignedHeader(HeaderName Name, string Value);

/// <summary>A header's name, lower-case, as text and as the bytes that are signed: it is written three times in each signature.</summary>
internal sealed class HeaderName(string text)
{
    public static readonly HeaderName CacheControl = new("cache-control");
    public static readonly HeaderName ContentDisposition = new("content-disposition");
    public static readonly HeaderName ContentEncoding = new("content-encoding");
    public static readonly HeaderName ContentLength = new("content-length");
    public static readonly HeaderName ContentType = new("content-type");
    public static readonly HeaderName IfNoneMatch = new("if-none-match");
    public static readonly HeaderName Acl = new("x-amz-acl");
    public static readonly HeaderName ChecksumAlgorithm = new("x-amz-checksum-algorithm");
    public static readonly HeaderName ChecksumSha256 = new("x-amz-checksum-sha256");
    public static readonly HeaderName ServerSideEncryption = new("x-amz-server-side-encryption");
    public static readonly HeaderName KmsKeyId = new("x-amz-server-side-encryption-aws-kms-key-id");
    public static readonly HeaderName Tagging = new("x-amz-tagging");

    public string Text => text;

    public byte[] Utf8 { get; } = Encoding.ASCII.GetBytes(text);

    /// <summary>Whether the name sorts before "host", the header that every signature has.</summary>
    public bool IsBeforeHost { get; } = string.CompareOrdinal(text, "host") < 0;

    public override string ToString() => text;
}
