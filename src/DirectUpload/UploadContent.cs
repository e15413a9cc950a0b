using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Serves exactly the object that was verified, or what was made from it: by a URL, or by itself.</summary>
internal sealed class UploadContent(
    IPresignedUploadIssuer issuer, CloudFrontUrlSigner? cloudFront, UploadBuckets buckets, ProfileCatalog profiles, TimeSpan lifetime, TimeProvider clock)
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly UploadError Gone = new(UploadErrorReason.Deleted, "The object is no longer the one that was verified; it is not served. Upload the file again.");

    public async Task<UploadResult<PresignedUrl>> PresignAsync(UploadRecord record, string? variant, CancellationToken cancellationToken)
    {
        if (FindPlace(record, variant, out var served) is { } refused)
            return refused;
        if (served.IsContent && await IsGoneAsync(record, cancellationToken).ConfigureAwait(false))
            return Gone;

        var profile = ProfileOf(record);
        if (profile.ContentAddress(served.Key) is { } address)
        {
            var expiresAt = clock.GetUtcNow() + lifetime;
            return profile.IsPublic || cloudFront is null ? new PresignedUrl("GET", address.AbsoluteUri, Nothing, expiresAt) : new PresignedUrl("GET", cloudFront.Sign(address, expiresAt), Nothing, expiresAt);
        }

        return await issuer.PresignAsync(
            new GetUrlRequest
            {
                Bucket = record.Bucket,
                Key = served.Key,
                VersionId = served.IsContent ? record.VersionId : null,
                ResponseContentType = served.ContentType,
                ResponseContentDisposition = Disposition.Of(served.Name, served.ContentType, profile),
                Lifetime = lifetime,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where everybody may read it; null where not everybody may.</summary>
    public Uri? PublicAddress(UploadRecord record) =>
        record.Status == UploadStatus.Ready && profiles.TryGet(record.Profile, out var profile) && profile.IsPublic ? profile.ContentAddress(record.FinalKey) : null;

    public async Task<UploadResult<OpenContent>> OpenAsync(UploadRecord record, string? variant, CancellationToken cancellationToken)
    {
        if (FindPlace(record, variant, out var served) is { } refused)
            return refused;
        var bucket = buckets.Get(record.Bucket);
        var stored = await bucket.HeadAsync(served.Key, cancellationToken).ConfigureAwait(false);
        if (stored is null || (served.IsContent && stored.ETag != record.ETag))
            return Gone;
        return new OpenContent(
            new ObjectStream(bucket, served.Key, stored.ETag, stored.Size), stored.Size, served.ContentType, stored.ETag,
            Disposition.Of(served.Name, served.ContentType, ProfileOf(record)), record.UpdatedAt, !Disposition.IsSafeInline(served.ContentType));
    }

    private static UploadError? FindPlace(UploadRecord record, string? variant, out Served served)
    {
        served = new(record.FinalKey, record.FileName, record.ContentType, IsContent: true);
        if (record.Status != UploadStatus.Ready)
            return WithoutContent(record.Status);
        if (variant is null)
            return null;
        var made = record.Derivatives.FirstOrDefault(made => made.Name == variant) ?? record.Derivatives.FirstOrDefault(made => Path.GetFileNameWithoutExtension(made.Name) == variant);
        if (made is null)
            return new UploadError(UploadErrorReason.NotFound, $"The upload has no variant {Quoted.Text(variant)}; the status object lists those that it has.");
        served = new(made.Key, Disposition.VariantName(record, made.Name), made.ContentType, IsContent: false);
        return null;
    }

    // A failed upload may be processed again, and may be ready then; the others have no content any more.
    private static UploadError WithoutContent(UploadStatus status) => status switch
    {
        UploadStatus.Deleted or UploadStatus.Aborted or UploadStatus.Rejected =>
            new(UploadErrorReason.Deleted, $"The upload was {Word(status)}; its content is deleted. Upload the file again, if it is still wanted."),
        UploadStatus.Expired => new(UploadErrorReason.Expired, "The upload expired before its content arrived. Request a new upload."),
        _ => new(UploadErrorReason.Conflict, $"The upload is {Word(status)}; only a ready one has content."),
    };

    private static string Word(UploadStatus status) => status.ToString().ToLowerInvariant();

    // A profile that was removed leaves its content behind; what nobody vouches for is downloaded, not shown.
    private UploadProfile ProfileOf(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : new UploadProfile();

    // In place, and without versions, the key could be written once more if anybody deleted its object while the URL still worked.
    private async Task<bool> IsGoneAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record.FinalKey != record.StagingKey || record.VersionId is not null)
            return false;
        var stored = await buckets.Get(record.Bucket).HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return stored?.ETag != record.ETag;
    }

    private readonly record struct Served(string Key, string Name, string ContentType, bool IsContent);
}
