namespace DirectUpload.LocalS3.Cors;

/// <summary>One rule of a bucket's CORS configuration.</summary>
internal sealed record CorsRule
{
    public static readonly IReadOnlyList<string> Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    public string? Id { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    public required IReadOnlyList<string> AllowedMethods { get; init; }

    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];

    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public int? MaxAgeSeconds { get; init; }

    /// <summary>The allowed origin that a page's origin fits, null when there is none. Origins are case-sensitive.</summary>
    public string? MatchingOrigin(string origin) =>
        AllowedOrigins.FirstOrDefault(pattern => Fits(pattern, origin, StringComparison.Ordinal));

    public bool AllowsHeader(string name) => AllowedHeaders.Any(pattern => Fits(pattern, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A pattern has at most one star, which stands for anything.</summary>
    internal static bool Fits(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return pattern.Equals(text, comparison);
        return text.Length >= pattern.Length - 1
            && text.StartsWith(pattern[..star], comparison) && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
