using DirectUpload.Presigning;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Content;

/// <summary>Provides the verified object or one of its variants, as a download URL or as a stream.</summary>
internal sealed class ContentProvider(
    IPresignedUploadIssuer issuer, CloudFrontUrlSigner? cloudFront, UploadBuckets buckets, ProfileCatalog profiles, TimeSpan lifetime,
    TimeProvider clock)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private static readonly UploadError ReplacedError = new(
        UploadErrorCodes.Deleted,
        "The object was replaced or deleted after it had been verified, so it is not served. Upload the file again.");

    public async Task<UploadResult<PresignedUrl>> PresignAsync(
        UploadRecord record, string? variant, bool isForReview, CancellationToken cancellationToken)
    {
        if (LocateObject(record, variant, isForReview, out var served) is { } refused)
            return refused;
        if (served.IsFinalObject && await IsReplacedAsync(record, cancellationToken).ConfigureAwait(false))
            return ReplacedError;

        var profile = GetProfile(record);
        // A CDN could keep content that is rejected later.
        if (record.Status == UploadStatus.Ready && profile.GetContentUrl(served.Key) is { } address)
        {
            var expiresAt = clock.GetUtcNow() + lifetime;
            return profile.IsPublic || cloudFront is null
                ? new PresignedUrl("GET", address.AbsoluteUri, NoHeaders, expiresAt)
                : new PresignedUrl("GET", cloudFront.Sign(address, expiresAt), NoHeaders, expiresAt);
        }

        return await issuer.PresignAsync(
            new GetUrlRequest
            {
                Bucket = record.Bucket,
                Key = served.Key,
                VersionId = served.IsFinalObject ? record.VersionId : null,
                ResponseContentType = served.ContentType,
                ResponseContentDisposition = ContentDisposition.Create(served.Name, served.ContentType, profile),
                Lifetime = lifetime,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the public URL of a ready upload; null when the profile is not public.</summary>
    public Uri? GetPublicUrl(Upload upload) =>
        upload is { Status: UploadStatus.Ready, Key: { } key } && profiles.TryGet(upload.Profile, out var profile) && profile.IsPublic
            ? profile.GetContentUrl(key)
            : null;

    public async Task<UploadResult<UploadContent>> OpenAsync(
        UploadRecord record, string? variant, bool isForReview, CancellationToken cancellationToken)
    {
        if (LocateObject(record, variant, isForReview, out var served) is { } refused)
            return refused;
        var bucket = buckets.Get(record.Bucket);
        var stored = await bucket.HeadAsync(served.Key, cancellationToken).ConfigureAwait(false);
        if (stored is null || (served.IsFinalObject && stored.ETag != record.ETag))
            return ReplacedError;
        return new UploadContent(
            new ObjectStream(bucket, served.Key, stored.ETag, stored.Size), stored.Size, served.ContentType, stored.ETag,
            ContentDisposition.Create(served.Name, served.ContentType, GetProfile(record)), record.UpdatedAt,
            !ContentDisposition.IsSafeInline(served.ContentType));
    }

    private static UploadError? LocateObject(UploadRecord record, string? variant, bool isForReview, out ServedObject served)
    {
        served = new(record.FinalKey, ContentFileName.Create(record), record.ContentType, IsFinalObject: true);
        if (record.Status != UploadStatus.Ready && !(isForReview && record.AwaitedDecision is not null))
            return CreateNoContentError(record.Status);
        if (variant is null)
            return null;
        var found = record.Variants.FirstOrDefault(found => found.Name == variant)
            ?? record.Variants.FirstOrDefault(found => Path.GetFileNameWithoutExtension(found.Name) == variant);
        if (found is null)
        {
            return new UploadError(
                UploadErrorCodes.NotFound,
                $"The upload has no variant {DisplayText.Quote(variant)}; the status object lists its variants.");
        }

        served = new(found.Key, ContentDisposition.GetVariantFileName(record, found.Name), found.ContentType, IsFinalObject: false);
        return null;
    }

    // A failed upload can become ready when it is processed again. Uploads with the other statuses have no content any more.
    private static UploadError CreateNoContentError(UploadStatus status) => status switch
    {
        UploadStatus.Deleted or UploadStatus.Aborted or UploadStatus.Rejected =>
            new(
                UploadErrorCodes.Deleted,
                $"The upload was {status.ToLowerName()}; its content is deleted. Upload the file again if it is still needed."),
        UploadStatus.Expired => new(UploadErrorCodes.Expired, "The upload expired before its content arrived. Request a new upload."),
        _ => new(UploadErrorCodes.Conflict, $"The upload is {status.ToLowerName()}; only a ready one has content."),
    };

    // The content of a removed profile still exists. It is served as an attachment, never inline.
    private UploadProfile GetProfile(UploadRecord record) =>
        profiles.TryGet(record.Profile, out var profile) ? profile : new UploadProfile();

    // In an unversioned bucket, the client can write an object that was finalized in place again, if it is deleted while the presigned URL
    // is valid.
    private async Task<bool> IsReplacedAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record.FinalKey != record.StagingKey || record.VersionId is not null)
            return false;
        var stored = await buckets.Get(record.Bucket).HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return stored?.ETag != record.ETag;
    }

    private readonly record struct ServedObject(string Key, string Name, string ContentType, bool IsFinalObject);
}
