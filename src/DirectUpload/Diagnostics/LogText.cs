using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Diagnostics;

/// <summary>
/// Makes text of a client's fit for a log: at most 100 characters on one line, with everything escaped that a terminal, a log viewer or a line-based sink takes for more than
/// text. The packages that log such text share this file.
/// </summary>
internal static class LogText
{
    private const int Longest = 100;

    /// <summary>Enough for an object's key, all of which names it.</summary>
    public const int Key = 1024;

    /// <summary>Enough for a sentence that an application or a processor wrote.</summary>
    public const int Sentence = 500;

    /// <returns>The text, cut and escaped: a line feed as <c>\u000A</c>, what was cut as <c>…</c>; <c>-</c> when there is none.</returns>
    public static string Sanitize(string? text, int longest = Longest)
    {
        if (string.IsNullOrEmpty(text))
            return "-";
        var safe = new StringBuilder(Math.Min(text.Length, longest));
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var isRune = Rune.DecodeFromUtf16(rest, out var rune, out var used) == OperationStatus.Done;
            var length = isRune && IsPlain(rune) ? used : used * 6;
            if (safe.Length + length > longest - (rest.Length > used ? 1 : 0))
                return safe.Append('…').ToString();
            if (length == used)
                safe.Append(rest[..used]);
            else
                AppendEscaped(safe, rest[..used]);
            rest = rest[used..];
        }

        return safe.ToString();
    }

    // The backslash too, so that an escape in the log is always one of ours.
    private static bool IsPlain(Rune rune) => rune.Value != '\\' && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    private static void AppendEscaped(StringBuilder safe, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
    }
}
