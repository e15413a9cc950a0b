namespace DirectUpload.LocalS3.Cors;

/// <summary>Represents one rule of a bucket's CORS configuration.</summary>
internal sealed record CorsRule
{
    public static readonly IReadOnlyList<string> Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    public string? Id { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    public required IReadOnlyList<string> AllowedMethods { get; init; }

    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];

    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public int? MaxAgeSeconds { get; init; }

    /// <summary>Returns the first allowed origin that matches a page's case-sensitive origin, or null.</summary>
    public string? FindMatchingOrigin(string origin) =>
        AllowedOrigins.FirstOrDefault(pattern => Matches(pattern, origin, StringComparison.Ordinal));

    public bool AllowsHeader(string name) => AllowedHeaders.Any(pattern => Matches(pattern, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Matches a text against a pattern with at most one star, which stands for any text.</summary>
    internal static bool Matches(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return pattern.Equals(text, comparison);
        return text.Length >= pattern.Length - 1
            && text.StartsWith(pattern[..star], comparison) && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
