using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Serves content by a short presigned GET for exactly the object that was verified.</summary>
internal sealed class UploadContent(IPresignedUploadIssuer issuer, UploadBuckets buckets, ProfileCatalog profiles, TimeSpan lifetime)
{
    public async Task<UploadResult<PresignedUrl>> PresignAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != UploadStatus.Ready)
            return new UploadError(UploadErrorReason.Conflict, $"The upload is {record.Status.ToString().ToLowerInvariant()}; only a ready one has content.");

        if (await IsGoneAsync(record, cancellationToken).ConfigureAwait(false))
            return new UploadError(UploadErrorReason.Conflict, "The object is no longer the one that was verified; it is not served. Upload the file again.");

        // A profile that was removed leaves its content behind; what nobody vouches for is downloaded, not shown.
        if (!profiles.TryGet(record.Profile, out var profile))
            profile = new UploadProfile();
        return await issuer.PresignAsync(
            new GetUrlRequest
            {
                Bucket = record.Bucket,
                Key = record.FinalKey,
                VersionId = record.VersionId,
                ResponseContentType = record.ContentType,
                ResponseContentDisposition = Disposition.Of(record, profile),
                Lifetime = lifetime,
            },
            cancellationToken).ConfigureAwait(false);
    }

    // In place, and without versions, the key could be written once more if anybody deleted its object while the URL still worked.
    private async Task<bool> IsGoneAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record.FinalKey != record.StagingKey || record.VersionId is not null)
            return false;
        var stored = await buckets.Get(record.Bucket).HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return stored?.ETag != record.ETag;
    }
}
