using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>
/// Freezes what was verified: copies staging to final, pinned to the verified ETag, and makes sure that the copy is that object.
/// </summary>
internal static class UploadPromoter
{
    /// <summary>The frozen object; null when the staging object is no longer the one that was verified.</summary>
    public static async Task<StoredObject?> PromoteAsync(
        UploadRecord record, UploadProfile profile, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (record.FinalKey == record.StagingKey)
            return await FindPinnedAsync(record, bucket, cancellationToken).ConfigureAwait(false);

        var copied = await bucket.TryCopyAsync(
            new PinnedCopy
            {
                SourceKey = record.StagingKey,
                SourceETag = record.ETag!,
                SourceVersionId = record.VersionId,
                Size = record.Size!.Value,
                DestinationKey = record.FinalKey,
                ContentType = record.ContentType,
                Settings = Disposition.Settings(record, profile),
            },
            cancellationToken).ConfigureAwait(false);
        if (!copied)
            return null;

        var copy = await bucket.HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return copy is not null && IsCopyOf(record, copy) ? copy : null;
    }

    private static async Task<StoredObject?> FindPinnedAsync(UploadRecord record, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var stored = await bucket.HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return stored?.ETag == record.ETag && stored?.VersionId == record.VersionId ? stored : null;
    }

    // AWS holds the copy to the ETag itself; some servers (Ceph RGW 16) ignore that condition and copy whatever is there by then.
    private static bool IsCopyOf(UploadRecord record, StoredObject copy) =>
        copy.Size == record.Size && (!copy.ETagIsContentHash || !MayBeContentHash(record.ETag!) || copy.ETag == record.ETag);

    private static bool MayBeContentHash(string eTag) => !eTag.Contains('-', StringComparison.Ordinal);
}
