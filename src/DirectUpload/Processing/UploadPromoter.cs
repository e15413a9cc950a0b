using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Promotes an upload: copies the staging object to the final key, and reads the start of the copy.</summary>
/// <remarks>The copy is read on the condition of its own ETag, so what is inspected is what is served.</remarks>
internal static class UploadPromoter
{
    /// <summary>Promotes the verified object of a record, if its ETag still matches.</summary>
    /// <returns>The start of the final object; null when the staging object is no longer the one that was verified.</returns>
    /// <exception cref="IOException">The final object is not what was copied.</exception>
    public static async Task<ObjectStart?> PromoteAsync(
        UploadRecord record, UploadProfile profile, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (record.FinalKey == record.StagingKey)
            return await ReadFinalAsync(record, bucket, cancellationToken).ConfigureAwait(false);
        // An object that was sent with the SHA-256 of its parts has no checksum that the stated one can be compared with.
        var algorithm = record is { RequiresPartChecksums: true, ChecksumCrc64Nvme: not null, ChecksumSha256: null }
            ? UploadChecksum.Crc64Nvme
            : null;
        if (await bucket.TryCopyAsync(
            CreateCopy(record, profile, record.ETag, algorithm), cancellationToken).ConfigureAwait(false) is not { } copied)
            return null;
        var start = await bucket.ReadStartAsync(
            record.FinalKey, copied.ETag, ContentInspector.HeadLength, cancellationToken).ConfigureAwait(false);
        if (start is null)
            return await ReadByHeadAsync(record, bucket, cancellationToken).ConfigureAwait(false);
        var final = start.Object with { Checksum = copied.Checksum, ETagIsContentHash = copied.ETagIsContentHash };
        if (!IsCopyOf(record, final))
            return null;
        // Storage has a checksum of the source, but its response to the copy has none.
        return copied.Checksum is null && record.StoredChecksum is not null
            ? await ReadByHeadAsync(record, bucket, cancellationToken).ConfigureAwait(false)
            : start with { Object = final };
    }

    /// <summary>Copies the staging object of a requested upload, whatever it is.</summary>
    /// <remarks>The bucket must verify copies; see <see cref="CopyFirstRule"/>.</remarks>
    /// <returns>The start of the copy, which is to be verified; null when there is no staging object.</returns>
    /// <exception cref="IOException">The final object is not what was copied.</exception>
    public static async Task<ObjectStart?> CopyUnverifiedAsync(
        UploadRecord record, UploadProfile profile, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        // Storage computes the checksum of the copy, so it says nothing about the source that a client could have chosen.
        var algorithm = record.ChecksumSha256 is not null ? UploadChecksum.Sha256
            : record.ChecksumCrc64Nvme is not null ? UploadChecksum.Crc64Nvme
            : null;
        if (await bucket.TryCopyAsync(
            CreateCopy(record, profile, sourceETag: null, algorithm), cancellationToken).ConfigureAwait(false) is not { } copied)
            return null;
        var start = await bucket.ReadStartAsync(
            record.FinalKey, copied.ETag, ContentInspector.HeadLength, cancellationToken).ConfigureAwait(false);
        return start is null
            ? throw ContentCheck.CreateChangedException(record)
            // The type of the copy is what the application set.
            : start with { Object = start.Object with { Checksum = copied.Checksum, ContentType = null } };
    }

    /// <summary>Reads the start of a final object that is in place already.</summary>
    /// <returns>The start; null when the object is no longer the one of the record.</returns>
    public static async Task<ObjectStart?> ReadFinalAsync(
        UploadRecord record, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var start = await bucket.ReadStartAsync(
            record.FinalKey, record.ETag!, ContentInspector.HeadLength, cancellationToken).ConfigureAwait(false);
        return start is not null && start.Object.VersionId == record.VersionId
            ? start with { Object = start.Object with { Checksum = record.StoredChecksum } }
            : null;
    }

    private static ConditionalCopy CreateCopy(UploadRecord record, UploadProfile profile, string? sourceETag, string? algorithm) => new()
    {
        SourceKey = record.StagingKey,
        SourceETag = sourceETag,
        SourceVersionId = record.VersionId,
        Size = record.Size ?? record.DeclaredSize,
        DestinationKey = record.FinalKey,
        ContentType = record.ContentType,
        ChecksumAlgorithm = algorithm,
        Settings = ContentDisposition.CreateObjectSettings(record, profile),
    };

    // Some servers report another ETag of a copy than it has.
    private static async Task<ObjectStart> ReadByHeadAsync(
        UploadRecord record, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (await bucket.HeadAsync(record.FinalKey, cancellationToken).ConfigureAwait(false) is not { } final || !IsCopyOf(record, final)
            || await bucket.ReadStartAsync(record.FinalKey, final.ETag, ContentInspector.HeadLength, cancellationToken)
                .ConfigureAwait(false) is not { } start)
            throw ContentCheck.CreateChangedException(record);
        return start with { Object = final };
    }

    // AWS checks the ETag condition of the copy. Some servers (Ceph RGW 16) ignore it and copy the object that is at the key by then.
    private static bool IsCopyOf(UploadRecord record, StoredObject copy) =>
        copy.Size == record.Size && (!copy.ETagIsContentHash || !ETags.MayBeContentHash(record.ETag!) || copy.ETag == record.ETag);
}
