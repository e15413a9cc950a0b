using System.Globalization;

namespace DirectUpload.Primitives;

/// <summary>Quotes a client's text in messages: truncated, and without characters that could corrupt a log or a terminal.</summary>
internal static class DisplayText
{
    private const int MaxLength = 60;

    public static string Quote(string? text)
    {
        if (text is null)
            return "(none)";
        var visible = string.Concat(text.Take(MaxLength).Select(c => IsPlain(c) ? c : '?'));
        return text.Length > MaxLength ? $"\"{visible}…\"" : $"\"{visible}\"";
    }

    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
