using System.Globalization;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>What a CloudFront URL that was signed with a custom policy allows.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html</remarks>
public sealed record CloudFrontPolicy
{
    /// <summary>Until when, in UTC, to the second.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The addresses: <c>*</c> stands for any characters, <c>?</c> for one. Null means the one that is signed.</summary>
    public string? Resource { get; init; }

    /// <summary>From when on, in UTC, to the second; null means at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>From which IPv4 addresses, such as <c>192.0.2.0/24</c>; null means from everywhere.</summary>
    public string? IpAddress { get; init; }

    internal string ToJson(string address)
    {
        var conditions = new StringBuilder();
        conditions.Append(CultureInfo.InvariantCulture, $"\"DateLessThan\":{{\"AWS:EpochTime\":{ExpiresAt.ToUnixTimeSeconds()}}}");
        if (StartsAt is { } start)
            conditions.Append(CultureInfo.InvariantCulture, $",\"DateGreaterThan\":{{\"AWS:EpochTime\":{start.ToUnixTimeSeconds()}}}");
        if (IpAddress is { } from)
            conditions.Append(CultureInfo.InvariantCulture, $",\"IpAddress\":{{\"AWS:SourceIp\":\"{Plain(from)}\"}}");
        return $"{{\"Statement\":[{{\"Resource\":\"{Plain(Resource ?? address)}\",\"Condition\":{{{conditions}}}}}]}}";
    }

    // In a URL neither stands; let none end the text of a policy.
    private static string Plain(string text) =>
        text.AsSpan().ContainsAny('"', '\\') || text.Any(char.IsControl) ? throw new ArgumentException("A policy's texts hold neither quotes, backslashes nor control characters; percent-encode them.", nameof(text)) : text;
}
