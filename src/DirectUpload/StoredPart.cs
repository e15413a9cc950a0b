namespace DirectUpload;

/// <summary>Represents a part of a multipart upload that storage has received.</summary>
/// <param name="Number">The part number, 1 to 10,000.</param>
/// <param name="Size">The size, in bytes.</param>
/// <param name="ETag">The ETag from storage, quotation marks included.</param>
/// <param name="ChecksumSha256">
/// The SHA-256 that storage verified, as base64 of 32 bytes; null when the part was uploaded without a checksum.
/// </param>
public sealed record StoredPart(int Number, long Size, string ETag, string? ChecksumSha256 = null);
