using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace DirectUpload.Confirmation;

/// <summary>How bytes can be read as text.</summary>
internal enum TextEncoding
{
    /// <summary>Not text.</summary>
    None,

    /// <summary>UTF-8, and so also ASCII, with or without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-16 with a byte order mark.</summary>
    Utf16,

    /// <summary>Something older, such as Windows-1252 or Shift_JIS: no control characters, but not UTF-8 either.</summary>
    Legacy,
}

/// <summary>
/// Tells text from binary by WHATWG MIME Sniffing §3's "binary data bytes": the control characters that no text has. UTF-16 is believed
/// only with its mark, as half of its bytes would otherwise be zeros like those of any binary file.
/// </summary>
internal static class TextEncodings
{
    private static readonly SearchValues<byte> Binary = SearchValues.Create(
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0B, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F);

    public static bool IsUtf16LittleEndian(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);

    public static bool IsUtf16BigEndian(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    public static TextEncoding Of(ReadOnlySpan<byte> head, long size)
    {
        var cut = size > head.Length;
        if (IsUtf16LittleEndian(head) || IsUtf16BigEndian(head))
            return IsUtf16(head, cut) ? TextEncoding.Utf16 : TextEncoding.None;
        if (head.ContainsAny(Binary))
            return TextEncoding.None;
        return Utf8.IsValid(cut ? WithoutCutCharacter(head) : head) ? TextEncoding.Utf8 : TextEncoding.Legacy;
    }

    private static bool IsUtf16(ReadOnlySpan<byte> head, bool cut)
    {
        if (head.Length % 2 != 0 && !cut)
            return false;
        var big = IsUtf16BigEndian(head);
        var high = false;
        for (var i = 2; i + 1 < head.Length; i += 2)
        {
            var unit = big ? BinaryPrimitives.ReadUInt16BigEndian(head[i..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[i..]);
            // A low surrogate follows a high one, and nothing else does.
            if (char.IsLowSurrogate((char)unit) != high || (unit < 0x20 && Binary.Contains((byte)unit)))
                return false;
            high = char.IsHighSurrogate((char)unit);
        }

        return !high || cut;
    }

    // The end of the head may fall into a character of up to four bytes.
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> head)
    {
        for (var back = 1; back <= Math.Min(3, head.Length); back++)
        {
            var lead = head[^back];
            if (lead < 0x80)
                break;
            if (lead >= 0xC0)
                return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? head[..^back] : head;
        }

        return head;
    }
}
