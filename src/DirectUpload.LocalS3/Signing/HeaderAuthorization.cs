using System.Globalization;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Reads a claim from the Authorization header and holds its time to S3's clock.</summary>
internal static class HeaderAuthorization
{
    /// <summary>How far a client's clock may be off. Source: S3's RequestTimeTooSkewed.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    private const string Algorithm = "AWS4-HMAC-SHA256";

    public static SignatureClaim Read(S3Request request, DateTimeOffset now)
    {
        var header = request.Header("Authorization")!;
        if (header.StartsWith("AWS ", StringComparison.Ordinal) || !header.StartsWith(Algorithm, StringComparison.Ordinal))
            throw SignatureErrors.UnsupportedMechanism();

        var parts = Parts(header[Algorithm.Length..]);
        if (!CredentialScope.TryParse(parts.GetValueOrDefault("Credential"), out var scope))
            throw SignatureErrors.MalformedHeader(
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        if (parts.GetValueOrDefault("SignedHeaders") is not { Length: > 0 } signedHeaders)
            throw SignatureErrors.MalformedHeader(
                "the authorization header requires three components: Credential, SignedHeaders, and Signature.");
        if (parts.GetValueOrDefault("Signature") is not { Length: > 0 } signature)
            throw SignatureErrors.MalformedHeader(
                "the authorization header requires three components: Credential, SignedHeaders, and Signature.");

        var (date, time) = SigningTime(request);
        if (!date.StartsWith(scope.Date, StringComparison.Ordinal))
            throw SignatureErrors.MalformedHeader(
                $"Invalid credential date \"{scope.Date}\". This date is not the same as X-Amz-Date: \"{date[..8]}\".");
        if ((now - time).Duration() > MaxSkew)
            throw new S3Exception(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
                .With("RequestTime", date).With("ServerTime", S3Time.Iso(now)).With("MaxAllowedSkewMilliseconds", "900000");

        var payload = request.Header("x-amz-content-sha256")
            ?? throw S3Errors.InvalidRequest("Missing required header for this request: x-amz-content-sha256");
        return new(scope, date, signedHeaders.Split(';'), signature, PayloadHash.Parse(payload));
    }

    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                parts[part[..equals]] = part[(equals + 1)..];
        return parts;
    }

    private static (string Text, DateTimeOffset Time) SigningTime(S3Request request)
    {
        var text = request.Header("x-amz-date");
        if (S3Time.TryParseAmz(text, out var time))
            return (text!, time);
        if (text is null && S3Time.TryParseHttp(request.Header("Date"), out time))
            return (time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), time);
        throw S3Errors.AccessDenied("AWS authentication requires a valid Date or x-amz-date header");
    }
}
