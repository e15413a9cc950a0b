using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>
/// Promotes the verified object: copies the staging object to the final key if its ETag still matches, and verifies the copy.
/// </summary>
internal static class UploadPromoter
{
    /// <summary>Promotes the staging object of a record.</summary>
    /// <returns>The final object; null when the staging object is no longer the one that was verified.</returns>
    public static async Task<StoredObject?> PromoteAsync(
        UploadRecord record, UploadProfile profile, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (record.FinalKey == record.StagingKey)
            return await FindInPlaceAsync(record, bucket, cancellationToken).ConfigureAwait(false);

        var copied = await bucket.TryCopyAsync(
            new ConditionalCopy
            {
                SourceKey = record.StagingKey,
                SourceETag = record.ETag!,
                SourceVersionId = record.VersionId,
                Size = record.Size!.Value,
                DestinationKey = record.FinalKey,
                ContentType = record.ContentType,
                // An object that was sent with the SHA-256 of its parts has no checksum that the stated one can be compared with.
                ComputesCrc64Nvme = record is { RequiresPartChecksums: true, ChecksumCrc64Nvme: not null, ChecksumSha256: null },
                Settings = ContentDisposition.CreateObjectSettings(record, profile),
            },
            cancellationToken).ConfigureAwait(false);
        if (!copied)
            return null;

        var copy = await bucket.HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return copy is not null && IsCopyOf(record, copy) ? copy : null;
    }

    private static async Task<StoredObject?> FindInPlaceAsync(
        UploadRecord record, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var stored = await bucket.HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        return stored?.ETag == record.ETag && stored?.VersionId == record.VersionId ? stored : null;
    }

    // AWS checks the ETag condition of the copy. Some servers (Ceph RGW 16) ignore it and copy the object that is at the key by then.
    private static bool IsCopyOf(UploadRecord record, StoredObject copy) =>
        copy.Size == record.Size && (!copy.ETagIsContentHash || !MayBeContentHash(record.ETag!) || copy.ETag == record.ETag);

    private static bool MayBeContentHash(string eTag) => !eTag.Contains('-', StringComparison.Ordinal);
}
