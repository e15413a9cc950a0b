using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DirectUpload.Profiles;

/// <summary>Normalizes and compares media types (RFC 6838 §4.2), in lower case and without parameters.</summary>
internal static class MediaType
{
    /// <summary>The maximum length of a media type, in US-ASCII characters.</summary>
    public const int MaxLength = MaxNameLength + 1 + MaxNameLength;

    private const int MaxNameLength = 127;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+");

    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? mediaType)
    {
        // ASCII is checked before the conversion to lower case, which turns the Kelvin sign into an ASCII letter.
        var plain = text.AsSpan();
        if (plain.IndexOf(';') is >= 0 and var parameters)
            plain = plain[..parameters];
        plain = plain.Trim(' ');
        mediaType = Ascii.IsValid(plain) ? (plain.Length == text?.Length ? text : plain.ToString()).ToLowerInvariant() : null;
        return mediaType is not null && mediaType.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            && IsName(mediaType.AsSpan(0, slash)) && IsName(mediaType.AsSpan(slash + 1));
    }

    /// <summary>
    /// Returns whether a pattern (exact, <c>image/*</c>, <c>*/*</c>) matches a normalized media type, whichever aliases the two use.
    /// </summary>
    public static bool Matches(string pattern, string mediaType) =>
        pattern == "*/*"
        || (IsWildcard(pattern)
            ? MediaTypes.IsOfKind(mediaType, pattern.AsSpan()[..^1])
            : string.Equals(
                MediaTypes.Canonicalize(pattern), MediaTypes.Canonicalize(mediaType), StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether one of the patterns matches a normalized media type.</summary>
    public static bool MatchesAny(IEnumerable<string> patterns, string mediaType)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, mediaType))
                return true;
        }

        return false;
    }

    public static bool IsWildcard(string pattern) => pattern.EndsWith("/*", StringComparison.Ordinal);

    /// <summary>Returns the patterns that match the types that both lists match.</summary>
    public static IReadOnlyList<string> Intersect(IReadOnlyList<string> some, IReadOnlyList<string> others) =>
        [.. some.SelectMany(one => others.Select(other => Matches(one, other) ? other : Matches(other, one) ? one : null))
            .OfType<string>().Distinct()];

    public static bool IsPattern(string text) =>
        text == "*/*" || (IsWildcard(text)
            ? IsName(text[..^2].ToLowerInvariant())
            : TryNormalize(text, out var same) && string.Equals(same, text, StringComparison.OrdinalIgnoreCase));

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterOrDigit(name[0]) && !name.ContainsAnyExcept(NameCharacters);
}
