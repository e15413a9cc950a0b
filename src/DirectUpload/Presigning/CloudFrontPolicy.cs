using System.Globalization;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents the conditions of a CloudFront signed URL with a custom policy.</summary>
/// <remarks>
/// Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
/// </remarks>
internal sealed record CloudFrontPolicy
{
    /// <summary>Gets the time at which the URL expires, in UTC; fractions of a second are dropped.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the URLs that the policy allows: <c>*</c> matches any characters, <c>?</c> one. Null for the signed URL.</summary>
    public string? Resource { get; init; }

    /// <summary>Gets the time from which the URL is valid, in UTC; fractions of a second are dropped. Null for immediately.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Gets the IPv4 range of allowed clients, such as <c>192.0.2.0/24</c>; null for all clients.</summary>
    public string? IpAddress { get; init; }

    internal string ToJson(string address)
    {
        var conditions = new StringBuilder();
        conditions.Append(CultureInfo.InvariantCulture, $"\"DateLessThan\":{{\"AWS:EpochTime\":{ExpiresAt.ToUnixTimeSeconds()}}}");
        if (StartsAt is { } start)
            conditions.Append(CultureInfo.InvariantCulture, $",\"DateGreaterThan\":{{\"AWS:EpochTime\":{start.ToUnixTimeSeconds()}}}");
        if (IpAddress is { } from)
            conditions.Append(CultureInfo.InvariantCulture, $",\"IpAddress\":{{\"AWS:SourceIp\":\"{RequireSafeText(from)}\"}}");
        return $"{{\"Statement\":[{{\"Resource\":\"{RequireSafeText(Resource ?? address)}\",\"Condition\":{{{conditions}}}}}]}}";
    }

    // A valid URL contains none of these characters; in the JSON of a policy they could end a string.
    private static string RequireSafeText(string text) =>
        text.AsSpan().ContainsAny('"', '\\') || text.Any(char.IsControl)
            ? throw new ArgumentException(
                "A CloudFront policy must not contain quotes, backslashes or control characters; percent-encode them.", nameof(text))
            : text;
}
