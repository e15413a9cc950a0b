using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>Names objects from a profile's template.</summary>
internal static partial class KeyTemplate
{
    private const int LongestProfile = 64;

    // 1,024 is S3's limit; what is left serves the suffix of a later attempt, and the names of derivatives.
    private const int LongestKey = 950;

    private static readonly UploadId Sample = UploadId.Parse("01980000000070008000000000000000");

    private static readonly string[] Known = ["profile", "owner", "yyyy", "MM", "dd", "id", "name", "ext"];

    /// <param name="template">One without fault: see <see cref="FindFault"/>.</param>
    /// <param name="profile">The profile's name.</param>
    /// <param name="owner">Whose upload it is; null when anonymous.</param>
    /// <param name="id">The upload.</param>
    /// <param name="fileName">The file's own name.</param>
    /// <param name="now">When it was requested.</param>
    /// <returns>A key in which <see cref="UploadId.TryFindIn"/> finds this id, also where owner or file name look like another one.</returns>
    public static string Expand(string template, string profile, string? owner, UploadId id, string fileName, DateTimeOffset now)
    {
        var key = Expand(template, profile, owner, id, fileName, now, disguised: false);
        return UploadId.TryFindIn(key, out var found) && found == id ? key : Expand(template, profile, owner, id, fileName, now, disguised: true);
    }

    private static string Expand(string template, string profile, string? owner, UploadId id, string fileName, DateTimeOffset now, bool disguised)
    {
        // Scanned rather than matched: each request makes a key, and a match for every placeholder would cost more than a signature.
        var key = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        for (var rest = template.AsSpan(); !rest.IsEmpty;)
        {
            var open = rest.IndexOf('{');
            key.AppendFormatted(open < 0 ? rest : rest[..open]);
            if (open < 0)
                break;
            var close = rest.IndexOf('}');
            key.AppendLiteral(rest[(open + 1)..close] switch
            {
                "profile" => profile,
                "owner" => disguised && owner is not null ? SafeKeySegment.Hash(owner) : SafeKeySegment.ForOwner(owner),
                "id" => id.ToString(),
                "name" => disguised ? "file" : SafeKeySegment.ForName(fileName),
                "ext" => SafeKeySegment.ForExtension(fileName),
                var date => now.UtcDateTime.ToString(date.ToString(), CultureInfo.InvariantCulture),
            });
            rest = rest[(close + 1)..];
        }

        return key.ToStringAndClear();
    }

    /// <summary>What every key of a template begins with, whatever is uploaded.</summary>
    public static string ConstantBeginning(string template, string profile)
    {
        var named = template.Replace("{profile}", profile, StringComparison.Ordinal);
        return named.IndexOf('{', StringComparison.Ordinal) is >= 0 and var first ? named[..first] : named;
    }

    /// <summary>What is wrong with a template, as the end of a sentence; null when nothing is.</summary>
    /// <param name="template">The template.</param>
    /// <param name="profile">The name of its profile.</param>
    public static string? FindFault(string template, string profile = "profile")
    {
        if (!template.Contains("{id}", StringComparison.Ordinal))
            return "it must hold {id}, which makes every key unique";
        foreach (Match match in Placeholder().Matches(template))
        {
            if (!Known.Contains(match.Groups[1].Value))
                return $"{{{match.Groups[1].Value}}} is unknown; known are {string.Join(", ", Known.Select(name => $"{{{name}}}"))}";
        }

        if (!FixedText().IsMatch(Placeholder().Replace(template, string.Empty)))
            return "its fixed text may hold letters, digits and / ! - _ . only";
        // A file without an extension leaves {ext} empty, so that is what its neighbours are judged by.
        if (Fill(template, extensionLength: 0).Split('/').Any(segment => segment is "" or "." or ".."))
            return "it must neither begin with a slash nor make empty, \".\" or \"..\" segments, also when a file has no extension";
        if (Fill(template, SafeKeySegment.LongestExtension).Length > LongestKey)
            return $"its keys could grow past {LongestKey} bytes; S3 takes 1,024, and later attempts need some";
        return Holds(template, profile, "x") && Holds(template, profile, "x.x")
            ? null
            : "{id} must stand alone between characters that are neither letters nor digits, such as / - _ and {ext}, and nothing before it may look like an id";
    }

    private static bool Holds(string template, string profile, string fileName) =>
        UploadId.TryFindIn(Expand(template, profile, "x", Sample, fileName, DateTimeOffset.UnixEpoch, disguised: false), out var found) && found == Sample;

    /// <summary>A stand-in for the longest key that a template can make.</summary>
    private static string Fill(string template, int extensionLength) =>
        Placeholder().Replace(template, match => new string('x', match.Groups[1].Value switch
        {
            "profile" => LongestProfile,
            "owner" => SafeKeySegment.LongestOwner,
            "id" => 32,
            "name" => SafeKeySegment.LongestName,
            "ext" => extensionLength,
            var date => date.Length,
        }));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9/!\-_.]*\z")]
    private static partial Regex FixedText();
}
