using System.Globalization;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning.Checks;

/// <summary>Finds object tags that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</remarks>
internal static class TagCheck
{
    private const int MaxTags = 10;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;

    public static string? FindError(IDictionary<string, string> tags)
    {
        if (tags.Count > MaxTags)
            return $"Tags has {tags.Count} tags; S3 takes at most {MaxTags}. Remove some.";
        foreach (var (key, value) in tags)
        {
            if (key.Length == 0)
                return "Tags holds an empty key; give the tag a key, or remove it.";
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                return $"Tags holds the key {DisplayText.Quote(key)}; keys that begin with \"aws:\" belong to AWS. Choose another.";
            if (FindTextError("the key", key, MaxKeyLength) is { } inKey)
                return inKey;
            // Configuration can produce null, which is not a valid value in S3.
            if (value is null)
                return $"Tags[\"{key}\"] is null; write a value, which may be empty.";
            if (FindTextError("the value", value, MaxValueLength) is { } inValue)
                return inValue;
        }

        return null;
    }

    private static string? FindTextError(string what, string text, int maxLength)
    {
        if (text.Length > maxLength)
            return $"Tags holds {what} {DisplayText.Quote(text)} of {text.Length} characters; S3 takes at most {maxLength}. Shorten it.";
        if (!UnicodeText.HasUnpairedSurrogate(text) && text.EnumerateRunes().All(IsAllowed))
            return null;
        return $"Tags holds {what} {DisplayText.Quote(text)}; "
            + "S3 takes letters, digits, spaces and + - = . _ : / @ only. Remove other characters.";
    }

    private static bool IsAllowed(Rune rune) =>
        (rune.IsAscii && "+-=._:/@ ".Contains((char)rune.Value)) || Rune.IsLetter(rune) || Rune.IsNumber(rune)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;
}
