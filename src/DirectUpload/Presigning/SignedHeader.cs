using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents a signed header, which the client must send with exactly this value.</summary>
internal readonly record struct SignedHeader(HeaderName Name, string Value);

/// <summary>Represents the lower-case name of a header, as text and in the form of the canonical request.</summary>
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

    /// <summary>Gets whether the name sorts before "host", the header that every signature covers.</summary>
    public bool IsBeforeHost { get; } = IsBefore(text);

    /// <summary>Gets the start of the line in the canonical headers, including the line break before it.</summary>
    public byte[] CanonicalPrefix { get; } = Encoding.ASCII.GetBytes($"\n{text}:");

    public override string ToString() => text;

    private static bool IsBefore(string name) => string.CompareOrdinal(name, "host") < 0;
}
