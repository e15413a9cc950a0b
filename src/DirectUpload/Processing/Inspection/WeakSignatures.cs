using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>Detects formats whose first bytes also occur in text or numbers, by checking more of their headers.</summary>
internal static class WeakSignatures
{
    public static FileFormat? Detect(ReadOnlySpan<byte> head) =>
        IsBitmap(head) ? FileFormats.Bmp
        : IsIcon(head) ? FileFormats.Icon
        : IsWindowsProgram(head) ? FileFormats.WindowsProgram
        : IsBzip2(head) ? FileFormats.Bzip2
        : IsJpegXl(head) ? FileFormats.JpegXl
        : IsTar(head) ? FileFormats.Tar
        : IsDiscImage(head) ? FileFormats.DiscImage
        : null;

    // BITMAPFILEHEADER, then the size of one of the published DIB headers.
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

    // The DOS header of 64 bytes always contains zeros, which text that begins with "MZ" does not.
    private static bool IsWindowsProgram(ReadOnlySpan<byte> head) =>
        (head.StartsWith("MZ"u8) || head.StartsWith("ZM"u8)) && head[..Math.Min(64, head.Length)].Contains((byte)0);

    // The level, then the first digits of pi, or those of its square root when there is no block.
    private static bool IsBzip2(ReadOnlySpan<byte> head) =>
        head.Length >= 10
        && head.StartsWith("BZh"u8)
        && head[3] is >= (byte)'1' and <= (byte)'9'
        && (head[4..].StartsWith((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
            || head[4..].StartsWith((ReadOnlySpan<byte>)[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]));

    // A bare codestream (ISO/IEC 18181-1) has a signature of two bytes. Older encodings of text have no zeros.
    private static bool IsJpegXl(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) && TextEncodings.Detect(head, head.Length) == TextEncoding.None;

    // POSIX.1-2017, pax: the header has 512 bytes, and its checksum counts its own field as spaces. The oldest archives have no name.
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        const int HeaderLength = 512;
        const int Start = 148;
        const int Length = 8;
        if (head.Length < HeaderLength || head[0] == 0)
            return false;
        var written = 0;
        foreach (var digit in head.Slice(Start, Length).TrimStart((byte)' ').TrimEnd("\0 "u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return false;
            written = (written * 8) + digit - '0';
        }

        var sum = Length * ' ';
        for (var i = 0; i < HeaderLength; i++)
            sum += i is >= Start and < Start + Length ? 0 : head[i];
        return sum == written;
    }

    // ECMA-119 §9 and ECMA-167 §2/9 (UDF): the first volume descriptor is in sector 16, of 2,048 bytes each.
    private static bool IsDiscImage(ReadOnlySpan<byte> head)
    {
        const int DescriptorId = (16 * 2048) + 1;
        return head.Length > DescriptorId
            && (head[DescriptorId..].StartsWith("CD001"u8) || head[DescriptorId..].StartsWith("BEA01"u8));
    }
}
