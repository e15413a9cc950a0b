namespace DirectUpload.Signing;

/// <summary>Validates what is asked, finds bucket and credentials, and has it signed.</summary>
internal sealed class PresignedUploadIssuer(BucketConnections buckets, TimeProvider clock) : IPresignedUploadIssuer
{
    // Not async itself: with credentials at hand, which is nearly always, nothing is waited for.
    public ValueTask<PresignedUrl> PresignAsync(UrlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectKey.Validate(request.Key);
        var headers = request.Headers();

        var occasions = buckets.Get(request.Bucket).Occasions;
        return occasions.AtHand(request.Lifetime, clock.GetUtcNow()) is { } occasion
            ? ValueTask.FromResult(Presign(request, headers, occasion))
            : PresignAsync(request, headers, occasions, cancellationToken);
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
        var occasion = bucket.Occasions.AtHand(request.Lifetime, clock.GetUtcNow())
            ?? await bucket.Occasions.AskAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var urls = new string[request.Count];
        SigV4.PresignParts(
            new UrlToSign { Method = first.Method, Key = request.Key, Headers = headers, Occasion = occasion },
            uploadId, request.FirstPart, urls);
        return new PresignedParts(request.FirstPart, urls, occasion.ExpiresAt);
    }

    public async ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PostPolicy.Validate(request);
        ChecksumText.ThrowUnlessSha256(request.ChecksumSha256);

        var bucket = buckets.Get(request.Bucket);
        var occasion = bucket.Occasions.AtHand(request.Lifetime, clock.GetUtcNow())
            ?? await bucket.Occasions.AskAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return PostPolicy.Sign(request, occasion);
    }

    private async ValueTask<PresignedUrl> PresignAsync(
        UrlRequest request, SignedHeader[] headers, SigningOccasions occasions, CancellationToken cancellationToken) =>
        Presign(request, headers, await occasions.AskAsync(request.Lifetime, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false));

    private static PresignedUrl Presign(UrlRequest request, SignedHeader[] headers, SigningOccasion occasion)
    {
        var url = SigV4.PresignUrl(new UrlToSign { Method = request.Method, Key = request.Key, Query = request.Query(), Headers = headers, Occasion = occasion });
        return new PresignedUrl(request.Method, url, HeadersToSend.Of(headers), occasion.ExpiresAt);
    }
}
