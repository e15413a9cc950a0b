using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace DirectUpload.Processing.Inspection;

/// <summary>The encodings of text that the inspector distinguishes.</summary>
internal enum TextEncoding
{
    /// <summary>Not text.</summary>
    None,

    /// <summary>UTF-8, which includes ASCII, with or without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-16 with a byte order mark.</summary>
    Utf16,

    /// <summary>An older encoding, such as Windows-1252 or Shift_JIS: without control characters, but not UTF-8.</summary>
    Legacy,
}

/// <summary>Distinguishes text from binary content by zeros and by how many other control characters occur.</summary>
/// <remarks>
/// The control characters are the "binary data bytes" of WHATWG MIME Sniffing §3. A few of them occur in text: a vertical tab in a field, a
/// separator between records, or the end-of-file character of DOS. A zero does not. UTF-16 is recognized only by its byte order mark,
/// because it contains zeros, as binary files do.
/// </remarks>
internal static class TextEncodings
{
    // Separators of fields and records, the backspace of overstruck print, and the end-of-file character of DOS.
    private static readonly SearchValues<byte> Separators = SearchValues.Create(0x08, 0x0B, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F);

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19);

    public static bool IsUtf16LittleEndian(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);

    public static bool IsUtf16BigEndian(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    public static TextEncoding Detect(ReadOnlySpan<byte> head, long size)
    {
        var isTruncated = size > head.Length;
        if (IsUtf16LittleEndian(head) || IsUtf16BigEndian(head))
            return IsUtf16(head, isTruncated) ? TextEncoding.Utf16 : TextEncoding.None;
        if (head.Contains((byte)0))
            return TextEncoding.None;
        var isUtf8 = Utf8.IsValid(isTruncated ? TrimPartialCharacter(head) : head);
        if (!AreStray(Count(head, Controls), Count(head, Separators), head.Length, isUtf8))
            return TextEncoding.None;
        return isUtf8 ? TextEncoding.Utf8 : TextEncoding.Legacy;
    }

    private static bool IsUtf16(ReadOnlySpan<byte> head, bool isTruncated)
    {
        if (head.Length % 2 != 0 && !isTruncated)
            return false;
        var big = IsUtf16BigEndian(head);
        var high = false;
        var controls = 0;
        var separators = 0;
        for (var i = 2; i + 1 < head.Length; i += 2)
        {
            var unit = big ? BinaryPrimitives.ReadUInt16BigEndian(head[i..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[i..]);
            // A low surrogate follows a high one, and nothing else does.
            if (char.IsLowSurrogate((char)unit) != high || unit == 0)
                return false;
            controls += unit < 0x20 && Controls.Contains((byte)unit) ? 1 : 0;
            separators += unit < 0x20 && Separators.Contains((byte)unit) ? 1 : 0;
            high = char.IsHighSurrogate((char)unit);
        }

        return (!high || isTruncated) && AreStray(controls, separators, head.Length / 2, isValid: true);
    }

    // Bytes that are valid in an encoding prove more than bytes of an older one, of which any are valid: there, the limit must be below
    // what compressed and encrypted bytes have, which is one control character in 13.
    private static bool AreStray(int controls, int separators, int length, bool isValid) =>
        controls + separators == 0
        || (isValid
            ? length > 4 && controls <= Math.Max(1, length / 8) && separators <= Math.Max(1, length / 2)
            : length > 16 && controls <= Math.Max(1, length / 128) && separators <= Math.Max(1, length / 16));

    private static int Count(ReadOnlySpan<byte> bytes, SearchValues<byte> values)
    {
        var count = 0;
        for (var at = bytes.IndexOfAny(values); at >= 0; at = bytes.IndexOfAny(values))
        {
            count++;
            bytes = bytes[(at + 1)..];
        }

        return count;
    }

    // The head may end within a character of up to four bytes.
    private static ReadOnlySpan<byte> TrimPartialCharacter(ReadOnlySpan<byte> head)
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
