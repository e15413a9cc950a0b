using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Authenticates a request, or refuses it as S3 does.</summary>
internal sealed class Authenticator(LocalS3Options options, TimeProvider clock)
{
    public SessionStore Sessions { get; } = new(clock);

    public Caller Authenticate(S3Request request)
    {
        var byHeader = request.Headers.ContainsKey("Authorization");
        if (byHeader && request.IsPresigned)
            throw S3Errors.InvalidArgument(
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string " +
                "parameter or the Authorization header should be specified", "Authorization", "(hidden)");
        // S3 no longer supports signature version 2. A specific error is clearer than a refusal of an anonymous request.
        if (request.Query.Contains("AWSAccessKeyId"))
            throw SignatureErrors.UnsupportedMechanism();
        if (!byHeader && !request.IsPresigned)
            return Caller.Anonymous;

        var now = clock.GetUtcNow();
        return Verify(request, byHeader ? HeaderAuthorization.Read(request, now) : QueryAuthorization.Read(request, now));
    }

    /// <summary>Returns the signing key for a scope, if its access key is known and its region and service match this server.</summary>
    /// <param name="scope">The scope in the request.</param>
    /// <param name="token">The session token of the request; null if it has none.</param>
    /// <param name="malformed">Creates the error for a wrong region or service.</param>
    public SigningKey GetSigningKey(CredentialScope scope, string? token, Func<string, S3Exception> malformed)
    {
        var secret = GetSecret(scope.AccessKey, token);
        if (scope.Region != options.Region)
            throw malformed($"the region '{scope.Region}' is wrong; expecting '{options.Region}'").WithDetail("Region", options.Region);
        if (scope.Service != "s3")
            throw malformed($"incorrect service \"{scope.Service}\". This endpoint belongs to \"s3\".");
        return SigningKey.Derive(secret, scope);
    }

    private string GetSecret(string accessKey, string? token)
    {
        if (accessKey != options.AccessKey)
            return Sessions.GetSecret(accessKey, token);
        // The permanent key has no session token, so any token with it is invalid.
        return string.IsNullOrEmpty(token) ? options.SecretKey : throw S3Errors.InvalidToken();
    }

    private Caller Verify(S3Request request, RequestSignature claim)
    {
        var key = GetSigningKey(claim.Scope, request.GetSetting("X-Amz-Security-Token"), request.IsPresigned
            ? reason => SignatureErrors.MalformedQuery($"Error parsing the X-Amz-Credential parameter; {reason}")
            : SignatureErrors.MalformedHeader);
        CheckCoverage(request, claim.SignedHeaders);
        var canonical = CanonicalRequest.Build(request.Method, request.Target, request.Headers, claim.SignedHeaders, claim.Payload.Text);
        var stringToSign = CanonicalRequest.StringToSign(claim.AmzDate, claim.Scope, canonical);
        if (!key.Verify(stringToSign, claim.Signature))
            throw SignatureErrors.SignatureDoesNotMatch(claim, stringToSign, canonical);
        return new(false, claim.Payload, claim.Payload.HasSignedChunks ? new ChunkSignatures(key, claim) : null);
    }

    /// <summary>
    /// Requires a signature over the host and every header that S3 obeys, so that a URL's holder cannot add instructions to it.
    /// </summary>
    private static void CheckCoverage(S3Request request, IReadOnlyList<string> signed)
    {
        var missing = request.Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Append("host")
            .Where(name => !signed.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => name.ToLowerInvariant()).ToList();
        if (missing.Count > 0)
            throw SignatureErrors.HeadersNotSigned(missing);
    }
}
