namespace DirectUpload.Storage;

/// <summary>A part of a multipart upload, as storage has it.</summary>
/// <param name="Number">Which part: 1 to 10,000.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its ETag, as storage gave it, quotes included.</param>
/// <param name="ChecksumSha256">The SHA-256 that its bytes were held to: base64 of 32 bytes; null when they were held to none.</param>
public sealed record StoredPart(int Number, long Size, string ETag, string? ChecksumSha256 = null);
