using System.Buffers.Text;

namespace DirectUpload.Primitives;

/// <summary>Checks the text form of a SHA-256 in S3: the base64 of 32 bytes.</summary>
internal static class Sha256Text
{
    private const int Length = 44;

    public static bool IsValid(string text) => text.Length == Length && Base64.IsValid(text, out var bytes) && bytes == 32;
}
