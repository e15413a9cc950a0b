using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DirectUpload.Profiles;

/// <summary>Media types as RFC 6838 §4.2 writes them: two restricted names and a slash; parameters are dropped, case is folded.</summary>
internal static class MediaType
{
    private const int LongestName = 127;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+");

    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? mediaType)
    {
        // ASCII first: folding case turns foreign letters, such as the Kelvin sign, into ASCII ones.
        mediaType = text?.Split(';', 2)[0].Trim(' ') is { } plain && Ascii.IsValid(plain) ? plain.ToLowerInvariant() : null;
        return mediaType is not null && mediaType.Split('/') is [var type, var subtype] && IsName(type) && IsName(subtype);
    }

    /// <summary>Whether <paramref name="pattern"/> (exact, <c>image/*</c>, <c>*/*</c>) takes a normalised media type.</summary>
    public static bool Matches(string pattern, string mediaType) =>
        pattern == "*/*"
        || (pattern.EndsWith("/*", StringComparison.Ordinal)
            ? mediaType.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, mediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>Patterns that take what both lists take.</summary>
    public static IReadOnlyList<string> Common(IReadOnlyList<string> some, IReadOnlyList<string> others) =>
        [.. some.SelectMany(one => others.Select(other => Matches(one, other) ? other : Matches(other, one) ? one : null)).OfType<string>().Distinct()];

    public static bool IsPattern(string text) =>
        text == "*/*" || (text.EndsWith("/*", StringComparison.Ordinal) ? IsName(text[..^2].ToLowerInvariant()) : TryNormalise(text, out var same) && string.Equals(same, text, StringComparison.OrdinalIgnoreCase));

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
