using System.Globalization;

namespace DirectUpload.Profiles;

/// <summary>Repeats a client's own text in an answer: short, and with nothing in it that could disturb a log or a terminal.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Text(string? text)
    {
        if (text is null)
            return "(none)";
        var visible = string.Concat(text.Take(Longest).Select(c => IsPlain(c) ? c : '?'));
        return text.Length > Longest ? $"\"{visible}…\"" : $"\"{visible}\"";
    }

    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
