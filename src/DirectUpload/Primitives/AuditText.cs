using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Primitives;

/// <summary>Makes text for the audit data valid in every store, log and serializer.</summary>
internal static class AuditText
{
    /// <summary>Truncates a text and replaces its invalid characters with U+FFFD.</summary>
    /// <returns>The text; null when it is null or empty.</returns>
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var cut = text.Length > maxLength ? text.AsSpan(0, maxLength) : text;
        if (FindInvalidCharacter(cut) is null)
            return cut.Length == text.Length ? text : cut.ToString();
        var clean = new StringBuilder(cut.Length);
        while (!cut.IsEmpty)
        {
            var (used, invalid) = ReadNext(cut);
            if (invalid is null)
                clean.Append(cut[..used]);
            else
                clean.Append('\uFFFD');
            cut = cut[used..];
        }

        return clean.ToString();
    }

    /// <summary>Finds the first character that is not valid everywhere.</summary>
    /// <remarks>
    /// Invalid are control characters, line separators, bidirectional overrides, unassigned code points and unpaired surrogates.
    /// </remarks>
    /// <returns>The character, such as <c>U+000A</c>; null when all are valid.</returns>
    public static string? FindInvalidCharacter(ReadOnlySpan<char> text)
    {
        // Most texts are printable US-ASCII, in which every character is valid.
        if (!text.ContainsAnyExceptInRange(' ', '~'))
            return null;
        while (!text.IsEmpty)
        {
            var (used, invalid) = ReadNext(text);
            if (invalid is { } value)
                return $"U+{value:X4}";
            text = text[used..];
        }

        return null;
    }

    private static (int Used, int? Invalid) ReadNext(ReadOnlySpan<char> text)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
            return (1, text[0]);
        var isInvalid = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
        return (used, isInvalid ? rune.Value : null);
    }
}
