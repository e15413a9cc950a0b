using System.Globalization;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Reads a signature from a presigned URL and checks its validity period.</summary>
internal static class QueryAuthorization
{
    /// <summary>S3's maximum lifetime: seven days, in seconds.</summary>
    public const int MaxUploadDuration = 604_800;

    private static readonly string[] Required =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

    public static RequestSignature Read(S3Request request, DateTimeOffset now)
    {
        var query = request.Query;
        if (Required.Any(name => string.IsNullOrEmpty(query[name])))
            throw SignatureErrors.MalformedQuery("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, " +
                "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        // With two values, the intended one would be unknown.
        if (Required.Append("X-Amz-Security-Token").Any(name => query.Names.Count(other => other == name) > 1))
            throw SignatureErrors.MalformedQuery("Query-string authentication parameters must not be repeated.");
        if (query["X-Amz-Algorithm"] != "AWS4-HMAC-SHA256")
            throw SignatureErrors.MalformedQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
        if (!CredentialScope.TryParse(query["X-Amz-Credential"], out var scope))
            throw SignatureErrors.MalformedQuery(
                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; " +
                "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");

        var date = query["X-Amz-Date"]!;
        if (!S3DateTime.TryParseAmz(date, out var signedAt))
            throw SignatureErrors.MalformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        if (!date.StartsWith(scope.Date, StringComparison.Ordinal))
            throw SignatureErrors.MalformedQuery(
                $"Invalid credential date \"{scope.Date}\". This date is not the same as X-Amz-Date: \"{date[..8]}\".");

        CheckLifetime(signedAt, ParseLifetime(query["X-Amz-Expires"]!), now);
        var payload = query["X-Amz-Content-Sha256"] ?? request.GetHeader("x-amz-content-sha256");
        return new(scope, date, query["X-Amz-SignedHeaders"]!.Split(';'), query["X-Amz-Signature"]!,
            payload is null ? PayloadHash.Unsigned : PayloadHash.Parse(payload));
    }

    private static TimeSpan ParseLifetime(string expires)
    {
        if (!long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw SignatureErrors.MalformedQuery("X-Amz-Expires should be a number");
        if (seconds < 1)
            throw SignatureErrors.MalformedQuery("X-Amz-Expires must be positive");
        if (seconds > MaxUploadDuration)
            throw SignatureErrors.MalformedQuery(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        return TimeSpan.FromSeconds(seconds);
    }

    private static void CheckLifetime(DateTimeOffset signedAt, TimeSpan lifetime, DateTimeOffset now)
    {
        if (signedAt - now > HeaderAuthorization.MaxClockSkew)
            throw S3Errors.AccessDenied("Request is not yet valid").WithDetail("ServerTime", S3DateTime.FormatIso(now));
        if (now >= signedAt + lifetime)
            throw S3Errors.AccessDenied("Request has expired")
                .WithDetail("X-Amz-Expires", lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture))
                .WithDetail("Expires", S3DateTime.FormatIso(signedAt + lifetime)).WithDetail("ServerTime", S3DateTime.FormatIso(now));
    }
}
