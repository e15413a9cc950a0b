using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Finds out who sent a request, or refuses it as S3 would.</summary>
internal sealed class Authenticator(LocalS3Options options, TimeProvider clock)
{
    public Sessions Sessions { get; } = new(clock);

    public Caller Authenticate(S3Request request)
    {
        var byHeader = request.Headers.ContainsKey("Authorization");
        if (byHeader && request.IsPresigned)
            throw S3Errors.InvalidArgument(
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string " +
                "parameter or the Authorization header should be specified", "Authorization", "(hidden)");
        // Signature version 2 is gone from S3, so it is here; saying so beats a puzzling "anonymous".
        if (request.Query.Has("AWSAccessKeyId"))
            throw SignatureErrors.UnsupportedMechanism();
        if (!byHeader && !request.IsPresigned)
            return Caller.Anonymous;

        var now = clock.GetUtcNow();
        return Verify(request, byHeader ? HeaderAuthorization.Read(request, now) : QueryAuthorization.Read(request, now));
    }

    /// <summary>The key that a scope names, if it is ours and meant for here.</summary>
    /// <param name="scope">The scope that the client claims.</param>
    /// <param name="token">The session token that came along, if any.</param>
    /// <param name="malformed">How this place words a wrong region or service.</param>
    public SigningKey KeyFor(CredentialScope scope, string? token, Func<string, S3Exception> malformed)
    {
        var secret = SecretOf(scope.AccessKey, token);
        if (scope.Region != options.Region)
            throw malformed($"the region '{scope.Region}' is wrong; expecting '{options.Region}'").With("Region", options.Region);
        if (scope.Service != "s3")
            throw malformed($"incorrect service \"{scope.Service}\". This endpoint belongs to \"s3\".");
        return SigningKey.Derive(secret, scope);
    }

    private string SecretOf(string accessKey, string? token)
    {
        if (accessKey != options.AccessKey)
            return Sessions.Secret(accessKey, token);
        // The lasting key has no token, so whatever comes along with it is none.
        return string.IsNullOrEmpty(token) ? options.SecretKey : throw S3Errors.InvalidToken();
    }

    private Caller Verify(S3Request request, SignatureClaim claim)
    {
        var key = KeyFor(claim.Scope, request.Setting("X-Amz-Security-Token"), request.IsPresigned
            ? reason => SignatureErrors.MalformedQuery($"Error parsing the X-Amz-Credential parameter; {reason}")
            : SignatureErrors.MalformedHeader);
        CheckCoverage(request, claim.SignedHeaders);
        var canonical = CanonicalRequest.Build(request.Method, request.Target, request.Headers, claim.SignedHeaders, claim.Payload.Text);
        var stringToSign = CanonicalRequest.StringToSign(claim.AmzDate, claim.Scope, canonical);
        if (!key.Verify(stringToSign, claim.Signature))
            throw SignatureErrors.DoesNotMatch(claim, stringToSign, canonical);
        return new(false, claim.Payload, claim.Payload.HasSignedChunks ? new ChunkSignatures(key, claim) : null);
    }

    /// <summary>Whoever holds a URL must not be able to add an instruction to it: the host and all that S3 obeys must be signed.</summary>
    private static void CheckCoverage(S3Request request, IReadOnlyList<string> signed)
    {
        var missing = request.Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Append("host")
            .Where(name => !signed.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => name.ToLowerInvariant()).ToList();
        if (missing.Count > 0)
            throw SignatureErrors.HeadersNotSigned(missing);
    }
}
