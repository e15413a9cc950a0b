using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Validates SHA-256 checksums in the format of S3: base64.</summary>
internal static class ChecksumText
{
    /// <exception cref="ArgumentException">The checksum is neither null nor the base64 of 32 bytes.</exception>
    public static void ThrowIfNotSha256(string? checksum)
    {
        if (checksum is not null && !Sha256Text.IsValid(checksum))
            throw new ArgumentException("ChecksumSha256 must be the base64 of 32 bytes: 44 characters.");
    }
}
