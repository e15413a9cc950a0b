using System.Globalization;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Reads a signature from the Authorization header and checks its time.</summary>
internal static class HeaderAuthorization
{
    /// <summary>The maximum clock skew of a client. Source: S3's RequestTimeTooSkewed.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(15);

    private const string Algorithm = "AWS4-HMAC-SHA256";

    public static RequestSignature Read(S3Request request, DateTimeOffset now)
    {
        var header = request.GetHeader("Authorization")!;
        if (header.StartsWith("AWS ", StringComparison.Ordinal) || !header.StartsWith(Algorithm, StringComparison.Ordinal))
            throw SignatureErrors.UnsupportedMechanism();

        var parts = ParseParts(header[Algorithm.Length..]);
        if (!CredentialScope.TryParse(parts.GetValueOrDefault("Credential"), out var scope))
            throw SignatureErrors.MalformedHeader(
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        if (parts.GetValueOrDefault("SignedHeaders") is not { Length: > 0 } signedHeaders)
            throw SignatureErrors.MalformedHeader(
                "the authorization header requires three components: Credential, SignedHeaders, and Signature.");
        if (parts.GetValueOrDefault("Signature") is not { Length: > 0 } signature)
            throw SignatureErrors.MalformedHeader(
                "the authorization header requires three components: Credential, SignedHeaders, and Signature.");

        var (date, time) = ParseSigningTime(request);
        if (!date.StartsWith(scope.Date, StringComparison.Ordinal))
            throw SignatureErrors.MalformedHeader(
                $"Invalid credential date \"{scope.Date}\". This date is not the same as X-Amz-Date: \"{date[..8]}\".");
        if (IsSkewed(time, now) && IsSkewed(time, TimeProvider.System.GetUtcNow()))
            throw new S3Exception(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
                .WithDetail("RequestTime", date).WithDetail("ServerTime", S3DateTime.FormatIso(now))
                .WithDetail("MaxAllowedSkewMilliseconds", "900000");

        var payload = request.GetHeader("x-amz-content-sha256")
            ?? throw S3Errors.InvalidRequest("Missing required header for this request: x-amz-content-sha256");
        return new(scope, date, signedHeaders.Split(';'), signature, PayloadHash.Parse(payload));
    }

    // The AWS SDK signs with the system clock, whatever clock a test gives to the server.
    private static bool IsSkewed(DateTimeOffset time, DateTimeOffset now) => (now - time).Duration() > MaxClockSkew;

    private static Dictionary<string, string> ParseParts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                parts[part[..equals]] = part[(equals + 1)..];
        return parts;
    }

    private static (string Text, DateTimeOffset Time) ParseSigningTime(S3Request request)
    {
        var text = request.GetHeader("x-amz-date");
        if (S3DateTime.TryParseAmz(text, out var time))
            return (text!, time);
        if (text is null && S3DateTime.TryParseHttp(request.GetHeader("Date"), out time))
            return (time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), time);
        throw S3Errors.AccessDenied("AWS authentication requires a valid Date or x-amz-date header");
    }
}
