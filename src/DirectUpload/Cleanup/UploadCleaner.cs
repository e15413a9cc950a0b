using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Cleanup;

/// <summary>Ends an upload and deletes its objects.</summary>
/// <remarks>The record is changed first. If the process then crashes, the record is due, and a worker deletes the objects.</remarks>
/// <param name="records">The records.</param>
/// <param name="buckets">The buckets.</param>
/// <param name="profiles">The profiles.</param>
/// <param name="hasPendingNotifications">Checks whether an event handler of this host still has to be notified of a record.</param>
/// <param name="logger">The log.</param>
internal sealed class UploadCleaner(
    RecordUpdater records, UploadBuckets buckets, ProfileCatalog profiles, Func<UploadRecord, bool> hasPendingNotifications,
    ILogger<UploadCleaner> logger)
{
    /// <summary>Changes an upload to a status that keeps no objects, then deletes its objects.</summary>
    /// <returns>The record afterwards; null when another caller changed it first.</returns>
    public async Task<UploadRecord?> TerminateAsync(UploadRecord record, UploadEvent happened, CancellationToken cancellationToken) =>
        await records.TryUpdateAsync(record, happened, cancellationToken).ConfigureAwait(false) is { } ended
            ? await TryCleanUpAsync(ended, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Deletes the objects, or leaves them to the worker when storage is unavailable.</summary>
    public async Task<UploadRecord> TryCleanUpAsync(UploadRecord ended, CancellationToken cancellationToken)
    {
        try
        {
            return await CleanUpAsync(ended, queueNotifications: false, cancellationToken).ConfigureAwait(false) ?? ended;
        }
        catch (Exception unavailable) when (unavailable is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.ObjectCleanupFailed(unavailable, ended.Id, ended.Status);
            return ended;
        }
    }

    /// <summary>
    /// Deletes the objects that interrupted attempts left behind, once the upload is ready; failed deletions are repeated later.
    /// </summary>
    public async Task DeleteStaleAttemptsAsync(UploadRecord ready, CancellationToken cancellationToken)
    {
        if (ready.Attempts == 1)
            return;
        try
        {
            await DeleteUnservedObjectsAsync(ready, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unavailable)
        {
            logger.ObjectCleanupFailed(unavailable, ready.Id, ready.Status);
        }
    }

    /// <summary>Deletes the objects of an attempt that lost its lease.</summary>
    /// <remarks>The attempt may have written them after another caller took over or ended the upload and cleaned up.</remarks>
    public async Task CleanUpLostAttemptAsync(UploadRecord begun, CancellationToken cancellationToken)
    {
        var winner = await records.Store.FindAsync(begun.Id, cancellationToken).ConfigureAwait(false);
        if (winner?.Attempts == begun.Attempts && (winner.Status == UploadStatus.Ready || !winner.Status.IsTerminal()))
            return; // The attempt did not lose its lease.
        var bucket = buckets.Get(begun.Bucket);
        if (begun.FinalKey != begun.StagingKey && !IsKept(winner, begun.FinalKey))
            await bucket.DeleteAsync(begun.FinalKey, cancellationToken).ConfigureAwait(false);
        if (!HasProcessors(begun))
            return;
        await foreach (var key in bucket.ListKeysAsync(FinalKeys.GetVariantPrefix(begun), cancellationToken).ConfigureAwait(false))
        {
            if (key != begun.FinalKey && !IsKept(winner, key))
                await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the objects that a terminal upload must not keep.</summary>
    /// <remarks>
    /// These are the staging object, the objects of earlier attempts and, unless the upload is ready, the final object. A client can write
    /// the staging key until its presigned URL expires, so the record stays due until then.
    /// </remarks>
    /// <param name="record">The record.</param>
    /// <param name="queueNotifications">
    /// Whether to queue pending notifications, because a host without event handlers may have stored the transition.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record afterwards; null when another caller changed it first.</returns>
    public async Task<UploadRecord?> CleanUpAsync(UploadRecord record, bool queueNotifications, CancellationToken cancellationToken)
    {
        var begunAt = records.Clock.GetUtcNow();
        var bucket = buckets.Get(record.Bucket);
        if (record.Status != UploadStatus.Ready || record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.StagingKey, cancellationToken).ConfigureAwait(false);
        // Found by key, because an earlier abort may have missed a part in transit, and a multipart upload may have been begun twice.
        if (record.Parts is not null)
            await AbortMultipartUploadsAsync(bucket, record.StagingKey, cancellationToken).ConfigureAwait(false);
        if (MayHaveExtraObjects(record))
            await DeleteUnservedObjectsAsync(record, cancellationToken).ConfigureAwait(false);
        else if (record.Status != UploadStatus.Ready && record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        var deleted = new UploadEvent.ObjectsDeleted(hasPendingNotifications(record), queueNotifications) { BegunAt = begunAt };
        return await records.TryUpdateAsync(record, deleted, cancellationToken).ConfigureAwait(false);
    }

    // Delete requests are free and list requests are not, so keys are listed only for uploads that may have further objects.
    private bool MayHaveExtraObjects(UploadRecord record) =>
        record.Attempts > 1 || record.Variants.Count > 0 || !ContentFileName.HasDeclaredType(record)
        || record.Size > MultipartCopier.MaxSingleCopySize
        || !profiles.TryGet(record.Profile, out _) || HasProcessors(record);

    private bool HasProcessors(UploadRecord record) =>
        record.RequiredProcessors.Count > 0 || (profiles.TryGet(record.Profile, out var profile) && profile.RequiresWorker());

    // After a decision, all attempts share the final object and the variants that were created before.
    private static bool IsKept(UploadRecord? winner, string key) =>
        winner is not null && winner.OwnsObject(winner.Bucket, key)
        && (winner.Status is UploadStatus.Ready or UploadStatus.Failed || !winner.Status.IsTerminal());

    private async Task DeleteUnservedObjectsAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var bucket = buckets.Get(record.Bucket);
        var prefix = FinalKeys.GetPrefix(record);
        await foreach (var found in bucket.ListKeysAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (!record.IsServedObject(found))
                await bucket.DeleteAsync(found, cancellationToken).ConfigureAwait(false);
        }

        if (record.Size > MultipartCopier.MaxSingleCopySize)
            await AbortMultipartUploadsAsync(bucket, prefix, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AbortMultipartUploadsAsync(IUploadBucket bucket, string prefix, CancellationToken cancellationToken)
    {
        await foreach (var unfinished in bucket.ListIncompleteMultipartUploadsAsync(prefix, cancellationToken).ConfigureAwait(false))
            await bucket.AbortMultipartUploadAsync(unfinished, cancellationToken).ConfigureAwait(false);
    }
}
