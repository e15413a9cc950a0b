using System.Buffers.Binary;

namespace DirectUpload.Primitives;

/// <summary>Writes and checks the text form of a CRC-64/NVME in S3: the base64 of 8 bytes, the highest byte first.</summary>
internal static class Crc64NvmeText
{
    private const int Size = sizeof(ulong);

    public static string From(ulong checksum)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, checksum);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Checks whether a text is the only base64 of its bytes, so that equal checksums are equal texts.</summary>
    public static bool IsValid(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text.Length == 12 && Convert.TryFromBase64String(text, bytes, out var count) && count == Size
            && From(BinaryPrimitives.ReadUInt64BigEndian(bytes)) == text;
    }
}
