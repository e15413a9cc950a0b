using System.Buffers.Text;

namespace DirectUpload.Signing;

/// <summary>Validates what is asked, finds bucket and credentials, and has it signed.</summary>
internal sealed class PresignedUploadIssuer(BucketConnections buckets, TimeProvider clock) : IPresignedUploadIssuer
{
    public async ValueTask<PresignedPut> PresignPutAsync(PutUrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectKey.Validate(request.Key);
        ValidateChecksum(request.ChecksumSha256);
        if (request.ContentLength is < 0 or > SizeLimits.SingleUpload)
            throw new ArgumentException($"ContentLength is {request.ContentLength}; a PUT carries 0 to {SizeLimits.SingleUpload} bytes (5 GiB).", nameof(request));
        var headers = SignedHeaders.For(request);

        var bucket = buckets.Get(request.Bucket);
        var signing = await BeginAsync(bucket, request.Lifetime).ConfigureAwait(false);
        var url = SigV4.PresignUrl(
            "PUT"u8, bucket.Target, request.Key, [], headers,
            signing.Credentials, signing.Now, signing.Lifetime);
        return new PresignedPut(url, new HeadersToSend(headers), signing.ExpiresAt);
    }

    public async ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PostPolicy.Validate(request);
        ValidateChecksum(request.ChecksumSha256);

        var bucket = buckets.Get(request.Bucket);
        var signing = await BeginAsync(bucket, request.Lifetime).ConfigureAwait(false);
        return PostPolicy.Sign(request, bucket.Target, signing.Credentials, signing.Now, signing.ExpiresAt);
    }

    public async ValueTask<PresignedGet> PresignGetAsync(GetUrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectKey.Validate(request.Key);

        var bucket = buckets.Get(request.Bucket);
        var signing = await BeginAsync(bucket, request.Lifetime).ConfigureAwait(false);
        var url = SigV4.PresignUrl(
            "GET"u8, bucket.Target, request.Key, Overrides(request), [], signing.Credentials, signing.Now, signing.Lifetime);
        return new PresignedGet(url, signing.ExpiresAt);
    }

    private async ValueTask<Signing> BeginAsync(BucketConnection bucket, TimeSpan? lifetime)
    {
        var credentials = await bucket.GetCredentialsAsync().ConfigureAwait(false);
        // Signatures know whole seconds only; an expiry reported with a fraction would promise more than storage grants.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        return new Signing(credentials, now, Lifetimes.Clamp(lifetime, credentials, now));
    }

    private static KeyValuePair<string, string>[] Overrides(GetUrlRequest request)
    {
        // Sorted by name, as SigV4 wants its query.
        var query = new NamedValues(4);
        query.Add("response-cache-control", request.ResponseCacheControl);
        query.Add("response-content-disposition", request.ResponseContentDisposition);
        query.Add("response-content-type", request.ResponseContentType);
        query.Add("versionId", request.VersionId);
        return query.ToArray();
    }

    private static void ValidateChecksum(string? checksumSha256)
    {
        if (checksumSha256 is not null && !(checksumSha256.Length == 44 && Base64.IsValid(checksumSha256, out var bytes) && bytes == 32))
            throw new ArgumentException("ChecksumSha256 must be the base64 of 32 bytes: 44 characters.");
    }

    private readonly record struct Signing(SigningCredentials Credentials, DateTimeOffset Now, TimeSpan Lifetime)
    {
        public DateTimeOffset ExpiresAt => Now + Lifetime;
    }
}
