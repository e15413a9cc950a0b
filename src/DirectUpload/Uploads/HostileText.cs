using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Uploads;

/// <summary>
/// Finds what a name must not hold: control characters (NUL, CR, LF), halves of surrogate pairs, code points that are no characters (U+FFFE), and the bidirectional overrides that make
/// "gnp.exe" look like "exe.png". Plain right-to-left marks, quotes and emoji are part of honest names.
/// </summary>
/// <remarks>Source: Unicode TR 36, https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing</remarks>
internal static class HostileText
{
    /// <summary>The first such character as <c>U+000A</c>; null when there is none.</summary>
    public static string? Find(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var used);
            if (status != OperationStatus.Done)
                return Name(rest[0]);
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xFDD0 and <= 0xFDEF) || (rune.Value & 0xFFFE) == 0xFFFE)
                return Name(rune.Value);
            rest = rest[used..];
        }

        return null;
    }

    private static string Name(int value) => $"U+{value:X4}";
}
