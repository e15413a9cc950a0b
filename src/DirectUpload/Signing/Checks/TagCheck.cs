using System.Globalization;
using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Signing.Checks;

/// <summary>Finds object tags that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</remarks>
internal static class TagCheck
{
    private const int Most = 10;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    public static string? FindFault(IDictionary<string, string> tags)
    {
        if (tags.Count > Most)
            return $"Tags has {tags.Count} tags; S3 takes at most {Most}. Remove some.";
        foreach (var (key, value) in tags)
        {
            if (key.Length == 0)
                return "Tags holds an empty key; give the tag a key, or remove it.";
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                return $"Tags holds the key {Quoted.Text(key)}; keys that begin with \"aws:\" belong to AWS. Choose another.";
            if (FindTextFault("the key", key, LongestKey) is { } inKey)
                return inKey;
            // Null can come from configuration; S3 has no such value.
            if (value is null)
                return $"Tags[\"{key}\"] is null; write a value, which may be empty.";
            if (FindTextFault("the value", value, LongestValue) is { } inValue)
                return inValue;
        }

        return null;
    }

    private static string? FindTextFault(string what, string text, int longest)
    {
        if (text.Length > longest)
            return $"Tags holds {what} {Quoted.Text(text)} of {text.Length} characters; S3 takes at most {longest}. Shorten it.";
        if (!Utf16.HoldsHalfASurrogatePair(text) && text.EnumerateRunes().All(IsAllowed))
            return null;
        return $"Tags holds {what} {Quoted.Text(text)}; S3 takes letters, digits, spaces and + - = . _ : / @ only. Remove other characters.";
    }

    private static bool IsAllowed(Rune rune) =>
        (rune.IsAscii && "+-=._:/@ ".Contains((char)rune.Value)) || Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;
}
