using System.Buffers;
using System.Globalization;
using System.Text;

namespace DirectUpload.Uploads;

/// <summary>Text that is only noted: kept as far as every store, log and serializer can keep it.</summary>
internal static class AuditText
{
    /// <summary>The text, cut to a length, with what is unfit replaced; null when nothing is left of it.</summary>
    public static string? Clean(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var cut = text.Length > longest ? text.AsSpan(0, longest) : text;
        if (FindUnfit(cut) is null)
            return cut.ToString();
        var clean = new StringBuilder(cut.Length);
        while (!cut.IsEmpty)
        {
            var (used, unfit) = Next(cut);
            if (unfit is null)
                clean.Append(cut[..used]);
            else
                clean.Append('\uFFFD');
            cut = cut[used..];
        }

        return clean.ToString();
    }

    /// <summary>The first character that not every sink takes, as <c>U+000A</c>: control characters, line separators, bidirectional overrides, unassigned ones and halves of surrogate pairs.</summary>
    public static string? FindUnfit(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var (used, unfit) = Next(text);
            if (unfit is { } value)
                return $"U+{value:X4}";
            text = text[used..];
        }

        return null;
    }

    private static (int Used, int? Unfit) Next(ReadOnlySpan<char> text)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
            return (1, text[0]);
        var isUnfit = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
        return (used, isUnfit ? rune.Value : null);
    }
}
