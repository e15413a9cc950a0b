using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Diagnostics;

/// <summary>Shortens and escapes text from clients before it is logged, so that it cannot forge log lines or control a terminal.</summary>
/// <remarks>The result is one line of at most 100 characters by default. The packages that log such text share this file.</remarks>
internal static class LogText
{
    private const int DefaultMaxLength = 100;

    /// <summary>Specifies the limit for object keys, which are logged in full.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Specifies the limit for a message from the application or a processor.</summary>
    public const int MaxSentenceLength = 500;

    /// <summary>Shortens and escapes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The maximum length of the result, in characters.</param>
    /// <returns>The text, with a line feed as <c>\u000A</c> and <c>…</c> where it was cut; <c>-</c> if it is null or empty.</returns>
    public static string Sanitize(string? text, int longest = DefaultMaxLength)
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

    // The backslash is escaped too, so that text cannot imitate an escape sequence.
    private static bool IsPlain(Rune rune) => rune.Value != '\\' && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    private static void AppendEscaped(StringBuilder safe, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
    }
}
