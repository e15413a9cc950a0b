namespace DirectUpload.Signing;

/// <summary>Validates what is asked, finds bucket and credentials, and has it signed.</summary>
internal sealed class PresignedUploadIssuer(BucketConnections buckets, TimeProvider clock) : IPresignedUploadIssuer
{
    public async ValueTask<PresignedUrl> PresignAsync(UrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectKey.Validate(request.Key);
        var query = request.Query();
        var headers = request.Headers();

        var bucket = buckets.Get(request.Bucket);
        var occasion = AtHand(bucket, request.Lifetime) ?? await AskAsync(bucket, request.Lifetime, cancellationToken).ConfigureAwait(false);
        var url = SigV4.PresignUrl(new UrlToSign
        {
            Method = request.Method,
            Target = bucket.Target,
            Key = request.Key,
            Query = query,
            Headers = headers,
            Occasion = occasion,
        });
        return new PresignedUrl(request.Method, url, HeadersToSend.Of(headers), occasion.ExpiresAt);
    }

    public async ValueTask<PresignedParts> PresignPartsAsync(PartUrlsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PartNumbers.ThrowUnlessValid(request.FirstPart, (long)request.FirstPart + request.Count - 1);
        var uploadId = MultipartId.Checked(request.UploadId);
        ObjectKey.Validate(request.Key);
        var first = request.First;
        var headers = first.Headers();

        var bucket = buckets.Get(request.Bucket);
        var occasion = AtHand(bucket, request.Lifetime) ?? await AskAsync(bucket, request.Lifetime, cancellationToken).ConfigureAwait(false);
        var urls = new string[request.Count];
        SigV4.PresignParts(
            new UrlToSign { Method = first.Method, Target = bucket.Target, Key = request.Key, Headers = headers, Occasion = occasion },
            uploadId, request.FirstPart, urls);
        return new PresignedParts(request.FirstPart, urls, occasion.ExpiresAt);
    }

    public async ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PostPolicy.Validate(request);
        ChecksumText.ThrowUnlessSha256(request.ChecksumSha256);

        var bucket = buckets.Get(request.Bucket);
        var occasion = AtHand(bucket, request.Lifetime) ?? await AskAsync(bucket, request.Lifetime, cancellationToken).ConfigureAwait(false);
        return PostPolicy.Sign(request, bucket.Target, occasion);
    }

    private SigningOccasion? AtHand(BucketConnection bucket, TimeSpan? lifetime)
    {
        var time = SigningTime.Of(clock.GetUtcNow());
        return bucket.Credentials.AtHand(Lifetimes.Checked(lifetime), time.Instant) is { } credentials
            ? new(credentials, time, Lifetimes.For(lifetime, credentials, time.Instant))
            : null;
    }

    private async ValueTask<SigningOccasion> AskAsync(BucketConnection bucket, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var time = SigningTime.Of(clock.GetUtcNow());
        var credentials = await bucket.Credentials.GetAsync(Lifetimes.Checked(lifetime), time.Instant, cancellationToken).ConfigureAwait(false);
        return new(credentials, time, Lifetimes.For(lifetime, credentials, time.Instant));
    }
}
