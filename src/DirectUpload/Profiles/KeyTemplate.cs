using System.Globalization;
using System.Text.RegularExpressions;
using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>Names objects from a profile's template.</summary>
internal static partial class KeyTemplate
{
    private static readonly string[] Known = ["profile", "owner", "yyyy", "MM", "dd", "id", "name", "ext"];

    public static string Expand(string template, string profile, string? owner, UploadId id, string fileName, DateTimeOffset now) =>
        Placeholder().Replace(template, match => match.Groups[1].Value switch
        {
            "profile" => profile,
            "owner" => SafeKeySegment.ForOwner(owner),
            "id" => id.ToString(),
            "name" => SafeKeySegment.ForName(fileName),
            "ext" => SafeKeySegment.ForExtension(fileName),
            var date => now.UtcDateTime.ToString(date, CultureInfo.InvariantCulture),
        });

    /// <summary>What is wrong with a template, as the end of a sentence; null when nothing is.</summary>
    public static string? FindFault(string template)
    {
        if (!template.Contains("{id}", StringComparison.Ordinal))
            return "it must hold {id}, which makes every key unique";
        foreach (Match match in Placeholder().Matches(template))
        {
            if (!Known.Contains(match.Groups[1].Value))
                return $"{{{match.Groups[1].Value}}} is unknown; known are {string.Join(", ", Known.Select(name => $"{{{name}}}"))}";
        }

        var fixedText = Placeholder().Replace(template, string.Empty);
        if (!FixedText().IsMatch(fixedText))
            return "its fixed text may hold letters, digits and / ! - _ . only";
        if (template[0] == '/' || template.Contains("//", StringComparison.Ordinal) || template.Split('/').Any(segment => segment is "." or ".."))
            return "it must neither begin with a slash nor hold empty, \".\" or \"..\" segments";
        return template.Length > 300 ? "it is longer than 300 characters" : null;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9/!\-_.]*$")]
    private static partial Regex FixedText();
}
