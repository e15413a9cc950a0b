namespace DirectUpload.Presigning;

/// <summary>Validates requests, finds the bucket and the credentials, and signs.</summary>
internal sealed class PresignedUploadIssuer(BucketConnections buckets, TimeProvider clock) : IPresignedUploadIssuer
{
    // Not async: with cached credentials, the usual case, the method completes synchronously.
    public ValueTask<PresignedUrl> PresignAsync(UrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectKey.Validate(request.Key);
        var headers = request.GetHeaders();

        var contexts = buckets.Get(request.Bucket).SigningContexts;
        return contexts.TryGetCached(request.Lifetime, clock.GetUtcNow()) is { } context
            ? ValueTask.FromResult(Presign(request, headers, context))
            : PresignAsync(request, headers, contexts, cancellationToken);
    }

    public async ValueTask<PresignedParts> PresignPartsAsync(PartUrlsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PartNumbers.ThrowIfOutOfRange(request.FirstPart, (long)request.FirstPart + request.Count - 1);
        var uploadId = MultipartId.Validate(request.UploadId);
        ObjectKey.Validate(request.Key);
        var headers = MultipartHeaders.CreateForPart(request.ContentLength, checksumSha256: null);

        var bucket = buckets.Get(request.Bucket);
        var context = bucket.SigningContexts.TryGetCached(request.Lifetime, clock.GetUtcNow())
            ?? await bucket.SigningContexts.CreateAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var urls = new string[request.Count];
        SigV4.PresignParts(
            new UrlToSign { Method = "PUT", Key = request.Key, Headers = headers, Context = context },
            uploadId, request.FirstPart, urls);
        return new PresignedParts(request.FirstPart, urls, context.ExpiresAt);
    }

    public ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PostPolicy.Validate(request);
        ChecksumText.ThrowIfNotSha256(request.ChecksumSha256);

        var contexts = buckets.Get(request.Bucket).SigningContexts;
        return contexts.TryGetCached(request.Lifetime, clock.GetUtcNow()) is { } context
            ? ValueTask.FromResult(PostPolicy.Sign(request, context))
            : PresignPostAsync(request, contexts, cancellationToken);
    }

    private async ValueTask<PresignedPost> PresignPostAsync(
        PostPolicyRequest request, SigningContextCache contexts, CancellationToken cancellationToken) =>
        PostPolicy.Sign(
            request, await contexts.CreateAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false));

    private async ValueTask<PresignedUrl> PresignAsync(
        UrlRequest request, SignedHeader[] headers, SigningContextCache contexts, CancellationToken cancellationToken) =>
        Presign(request, headers, await contexts.CreateAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false));

    private static PresignedUrl Presign(UrlRequest request, SignedHeader[] headers, SigningContext context)
    {
        var url = SigV4.PresignUrl(new UrlToSign
        {
            Method = request.Method,
            Key = request.Key,
            Query = request.GetQuery(),
            Headers = headers,
            Context = context,
        });
        return new PresignedUrl(request.Method, url, RequiredHeaders.Create(headers), context.ExpiresAt);
    }
}
