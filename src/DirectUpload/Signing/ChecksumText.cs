using System.Buffers.Text;

namespace DirectUpload.Signing;

/// <summary>A SHA-256 as S3 writes it: base64.</summary>
internal static class ChecksumText
{
    /// <exception cref="ArgumentException">It is there, and not the base64 of 32 bytes.</exception>
    public static void ThrowUnlessSha256(string? checksum)
    {
        if (checksum is not null && !(checksum.Length == 44 && Base64.IsValid(checksum, out var bytes) && bytes == 32))
            throw new ArgumentException("ChecksumSha256 must be the base64 of 32 bytes: 44 characters.");
    }
}
