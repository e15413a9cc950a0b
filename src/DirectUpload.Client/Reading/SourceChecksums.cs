namespace DirectUpload.Client.Reading;

/// <summary>Contains the checksums of a whole source.</summary>
/// <param name="Sha256">The SHA-256: base64 of 32 bytes.</param>
/// <param name="Crc64Nvme">
/// The CRC-64/NVME: base64 of 8 bytes. Null if storage verifies the declared SHA-256, so that the source was not hashed again.
/// </param>
internal sealed record SourceChecksums(string Sha256, string? Crc64Nvme);
