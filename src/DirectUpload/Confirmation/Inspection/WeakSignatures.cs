using System.Buffers.Binary;

namespace DirectUpload.Confirmation;

/// <summary>Formats whose first bytes are also a word or a number, so that more of their header has to agree.</summary>
internal static class WeakSignatures
{
    public static FileFormat? Detect(ReadOnlySpan<byte> head) =>
        IsBitmap(head) ? FileFormats.Bmp
        : IsIcon(head) ? FileFormats.Icon
        : IsWindowsProgram(head) ? FileFormats.WindowsProgram
        : null;

    // BITMAPFILEHEADER, then the size of one of the DIB headers that were ever published.
    private static bool IsBitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 18
        && head.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    // ICONDIR: reserved, type 1, the number of images; then the first image's reserved byte.
    private static bool IsIcon(ReadOnlySpan<byte> head) =>
        head.Length >= 10
        && head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0])
        && BinaryPrimitives.ReadUInt16LittleEndian(head[4..]) is > 0 and < 256
        && head[9] == 0;

    // The DOS header of 64 bytes always holds zeros; "MZ" in prose is not followed by any.
    private static bool IsWindowsProgram(ReadOnlySpan<byte> head) =>
        (head.StartsWith("MZ"u8) || head.StartsWith("ZM"u8)) && head[..Math.Min(64, head.Length)].Contains((byte)0);
}
