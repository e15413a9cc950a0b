using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DirectUpload.Presigning;

namespace DirectUpload.Profiles;

/// <summary>Creates object keys from a profile's template.</summary>
internal static partial class KeyTemplate
{
    private const int MaxProfileNameLength = 64;

    // S3's limit is 1,024. The difference is reserved for the suffixes of later attempts and the names of variants.
    private const int MaxKeyLength = 950;

    private static readonly UploadId SampleId = UploadId.Parse("01980000000070008000000000000000");

    private static readonly string[] KnownPlaceholders = ["profile", "owner", "yyyy", "MM", "dd", "id", "name", "ext"];

    /// <summary>Creates the key of an upload.</summary>
    /// <param name="template">The template; must be valid according to <see cref="FindError"/>.</param>
    /// <param name="profile">The profile's name.</param>
    /// <param name="owner">The owner of the upload; null when anonymous.</param>
    /// <param name="id">The id of the upload.</param>
    /// <param name="fileName">The declared file name.</param>
    /// <param name="now">The time of the request.</param>
    /// <returns>
    /// A key in which <see cref="UploadId.TryFindIn"/> finds the id, even if the owner or the file name contains another id.
    /// </returns>
    public static string Expand(string template, string profile, string? owner, UploadId id, string fileName, DateTimeOffset now)
    {
        var key = Expand(template, profile, owner, id, fileName, now, sanitized: false);
        return UploadId.TryFindIn(key, out var found) && found == id
            ? key
            : Expand(template, profile, owner, id, fileName, now, sanitized: true);
    }

    private static string Expand(
        string template, string profile, string? owner, UploadId id, string fileName, DateTimeOffset now, bool sanitized)
    {
        // The template is scanned without a regular expression: each request creates a key, and the matches would cost more than a
        // signature.
        var key = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        // Begins with the date, and is formatted once per second: for the signature, too.
        var date = SigningTime.Get(now).Text.AsSpan();
        for (var rest = template.AsSpan(); !rest.IsEmpty;)
        {
            var open = rest.IndexOf('{');
            key.AppendFormatted(open < 0 ? rest : rest[..open]);
            if (open < 0)
                break;
            var close = rest.IndexOf('}');
            switch (rest[(open + 1)..close])
            {
                case "profile":
                    key.AppendLiteral(profile);
                    break;
                case "owner":
                    key.AppendLiteral(
                        sanitized && owner is not null ? SafeKeySegment.HashOwner(owner) : SafeKeySegment.ForOwner(owner));
                    break;
                case "id":
                    key.AppendFormatted(id);
                    break;
                case "name":
                    key.AppendLiteral(sanitized ? "file" : SafeKeySegment.ForName(fileName));
                    break;
                case "ext":
                    key.AppendFormatted(SafeKeySegment.ForExtension(fileName));
                    break;
                case "yyyy":
                    key.AppendFormatted(date[..4]);
                    break;
                case "MM":
                    key.AppendFormatted(date[4..6]);
                    break;
                case "dd":
                    key.AppendFormatted(date[6..8]);
                    break;
            }

            rest = rest[(close + 1)..];
        }

        return key.ToStringAndClear();
    }

    /// <summary>Gets the prefix that all keys of a template have.</summary>
    public static string GetConstantPrefix(string template, string profile)
    {
        var named = template.Replace("{profile}", profile, StringComparison.Ordinal);
        return named.IndexOf('{', StringComparison.Ordinal) is >= 0 and var first ? named[..first] : named;
    }

    /// <summary>Validates a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="profile">The name of its profile.</param>
    /// <returns>The error, as the end of a sentence; null when the template is valid.</returns>
    public static string? FindError(string template, string profile = "profile")
    {
        if (!template.Contains("{id}", StringComparison.Ordinal))
            return "it must hold {id}, which makes every key unique";
        foreach (Match match in PlaceholderPattern().Matches(template))
        {
            if (!KnownPlaceholders.Contains(match.Groups[1].Value))
            {
                var known = string.Join(", ", KnownPlaceholders.Select(name => $"{{{name}}}"));
                return $"{{{match.Groups[1].Value}}} is unknown; known are {known}";
            }
        }

        if (!FixedTextPattern().IsMatch(PlaceholderPattern().Replace(template, string.Empty)))
            return "its fixed text may hold letters, digits and / ! - _ . only";
        // Without an extension, {ext} is empty, so the segments are checked with an empty extension.
        if (ExpandToMaxLength(template, extensionLength: 0).Split('/').Any(segment => segment is "" or "." or ".."))
            return "it must neither begin with a slash nor make empty, \".\" or \"..\" segments, also when a file has no extension";
        if (ExpandToMaxLength(template, SafeKeySegment.MaxExtensionLength).Length > MaxKeyLength)
            return $"its keys could exceed {MaxKeyLength} bytes; S3 allows 1,024, of which later attempts and variants need the rest";
        return PreservesId(template, profile, "x") && PreservesId(template, profile, "x.x")
            ? null
            : "{id} must stand alone between characters that are neither letters nor digits, such as / - _ and {ext}, and nothing "
                + "before it may look like an id";
    }

    private static bool PreservesId(string template, string profile, string fileName) =>
        UploadId.TryFindIn(Expand(template, profile, "x", SampleId, fileName, DateTimeOffset.UnixEpoch, sanitized: false), out var found)
        && found == SampleId;

    /// <summary>Expands a template with placeholder values of the maximum length.</summary>
    private static string ExpandToMaxLength(string template, int extensionLength) =>
        PlaceholderPattern().Replace(template, match => new string('x', match.Groups[1].Value switch
        {
            "profile" => MaxProfileNameLength,
            "owner" => SafeKeySegment.MaxOwnerLength,
            "id" => 32,
            "name" => SafeKeySegment.MaxNameLength,
            "ext" => extensionLength,
            var date => date.Length,
        }));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex(@"^[A-Za-z0-9/!\-_.]*\z")]
    private static partial Regex FixedTextPattern();
}
