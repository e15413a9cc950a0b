using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Primitives;

/// <summary>Finds characters that names must not contain.</summary>
/// <remarks>
/// These are control characters (NUL, CR, LF), unpaired surrogates, noncharacters (U+FFFE), and the bidirectional overrides that make
/// "gnp.exe" look like "exe.png". Plain right-to-left marks, quotes and emoji are allowed.
/// Source: Unicode TR 36, https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
/// </remarks>
internal static class UnsafeCharacters
{
    /// <summary>Finds the first unsafe character.</summary>
    /// <returns>The character, such as <c>U+000A</c>; null when the text has none.</returns>
    public static string? Find(string text)
    {
        var rest = text.AsSpan();
        // Most names are printable US-ASCII, in which no character is unsafe.
        if (!rest.ContainsAnyExceptInRange(' ', '~'))
            return null;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var used);
            if (status != OperationStatus.Done)
                return Format(rest[0]);
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xFDD0 and <= 0xFDEF)
                || (rune.Value & 0xFFFE) == 0xFFFE)
                return Format(rune.Value);
            rest = rest[used..];
        }

        return null;
    }

    private static string Format(int value) => $"U+{value:X4}";
}
