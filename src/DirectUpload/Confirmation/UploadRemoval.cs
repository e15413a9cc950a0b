using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Confirmation;

/// <summary>
/// Ends an upload and removes its objects. The record is changed first: whoever dies after that leaves a record that is due, and the worker
/// finishes the job.
/// </summary>
internal sealed class UploadRemoval(
    IUploadRecordStore store, UploadBuckets buckets, ProfileCatalog profiles, Retention retention, UploadMetrics metrics, TimeProvider clock, ILogger<UploadRemoval> logger)
{
    /// <summary>Storage looks at a URL's expiry when a PUT begins; for so long after it, one may still be ending.</summary>
    public static readonly TimeSpan SlowUpload = TimeSpan.FromHours(1);

    /// <summary>Rejects an upload. Null when somebody else was faster.</summary>
    public async Task<UploadRecord?> RejectAsync(UploadRecord record, UploadFailure failure, CancellationToken cancellationToken)
    {
        var rejected = await EndAsync(record, UploadStatus.Rejected, failure, cancellationToken).ConfigureAwait(false);
        if (rejected is not null)
            logger.Rejected(record.Id, LogText.Sanitize(failure.Detail, LogText.Sentence));
        return rejected;
    }

    /// <summary>Takes an upload to one of the ends at which nothing of it is kept. Null when somebody else was faster.</summary>
    public async Task<UploadRecord?> EndAsync(UploadRecord record, UploadStatus end, UploadFailure? failure, CancellationToken cancellationToken)
    {
        var ended = await store.TryUpdateAsync(Ended(record, end, failure), cancellationToken).ConfigureAwait(false);
        if (ended is null)
            return null;
        logger.Moved(ended.Id, end);
        metrics.Ended(ended);
        return await TryPurgeAsync(ended, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The record at an end at which nothing of it is kept, due to be purged at once.</summary>
    public UploadRecord Ended(UploadRecord record, UploadStatus end, UploadFailure? failure)
    {
        var now = clock.GetUtcNow();
        return record.MovedTo(end, now) with { Error = failure ?? record.Error, DueAt = now };
    }

    /// <summary>When a ready upload's staging object goes: once its URL can't bring it back; in place there is none.</summary>
    public static DateTimeOffset? NextPurge(UploadRecord ready) => ready.FinalKey == ready.StagingKey ? null : ready.GrantExpiresAt;

    /// <summary>Purges now, or leaves it to the worker when storage is out.</summary>
    public async Task<UploadRecord> TryPurgeAsync(UploadRecord ended, CancellationToken cancellationToken)
    {
        try
        {
            return await PurgeAsync(ended, cancellationToken).ConfigureAwait(false) ?? ended;
        }
        catch (Exception outage) when (outage is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.PurgeFailed(outage, ended.Id, ended.Status);
            return ended;
        }
    }

    /// <summary>Deletes what interrupted attempts have left of an upload that is ready now; what can't be deleted now is purged later.</summary>
    public async Task DropEarlierAttemptsAsync(UploadRecord ready, CancellationToken cancellationToken)
    {
        if (ready.Attempts == 1)
            return;
        try
        {
            await SweepAsync(ready, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception outage)
        {
            logger.PurgeFailed(outage, ready.Id, ready.Status);
        }
    }

    /// <summary>Taken over, or ended, while we worked: our copy and what we have made from it is nobody's, and may have come after the others' own clean-up.</summary>
    public async Task TidyAfterLosingAsync(UploadRecord begun, CancellationToken cancellationToken)
    {
        var winner = await store.FindAsync(begun.Id, cancellationToken).ConfigureAwait(false);
        if (winner?.Attempts == begun.Attempts && (winner.Status == UploadStatus.Ready || !winner.Status.IsSettled()))
            return; // ours all the same
        var bucket = buckets.Get(begun.Bucket);
        if (begun.FinalKey != begun.StagingKey)
            await bucket.DeleteAsync(begun.FinalKey, cancellationToken).ConfigureAwait(false);
        if (!HasProcessors(begun))
            return;
        await foreach (var made in bucket.ListKeysAsync(FinalKeys.DerivativePrefix(begun), cancellationToken).ConfigureAwait(false))
        {
            if (made != begun.FinalKey)
                await bucket.DeleteAsync(made, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Deletes what a settled upload must not keep: the staging object, what earlier attempts left, and the final object too unless it is ready. While its URL
    /// still works a client can write the staging key again, so the record stays due until that is over; then one of a gone upload may retire. Null when somebody
    /// else was faster.
    /// </summary>
    public async Task<UploadRecord?> PurgeAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        // It may have been claimed before its time.
        if (record.Status == UploadStatus.Ready && !(NextPurge(record) <= clock.GetUtcNow()))
            return await store.TryUpdateAsync(record with { DueAt = NextPurge(record) }, cancellationToken).ConfigureAwait(false);

        var bucket = buckets.Get(record.Bucket);
        if (record.Status != UploadStatus.Ready || record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.StagingKey, cancellationToken).ConfigureAwait(false);
        // While a part was being sent, aborting may have missed it; and what was begun twice by a lost answer is found by its key alone.
        if (record.Parts is not null)
            await AbortAsync(bucket, record.StagingKey, cancellationToken).ConfigureAwait(false);
        if (MayHaveMore(record))
            await SweepAsync(record, cancellationToken).ConfigureAwait(false);
        else if (record.Status != UploadStatus.Ready && record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);

        var now = clock.GetUtcNow();
        var quietAt = record.GrantExpiresAt + SlowUpload;
        var next = record with { DueAt = now < quietAt ? quietAt : null };
        return await store.TryUpdateAsync(
            next.DueAt is null && record.Status != UploadStatus.Ready ? next with { RetireAt = now + KeptFor(record) } : next, cancellationToken).ConfigureAwait(false);
    }

    // A client makes records without an object by the thousand at no cost, and they are of no use to support.
    private TimeSpan KeptFor(UploadRecord record) =>
        record is { Status: UploadStatus.Aborted or UploadStatus.Expired, Size: null } && !retention.AwaitsNotification(record) ? TimeSpan.Zero : retention.Records;

    // One key, and the deletes of the usual upload cost nothing; only what may have left more is listed, which does.
    private bool MayHaveMore(UploadRecord record) =>
        record.Attempts > 1 || record.Derivatives.Count > 0 || record.Size > LargeCopies.LargestWhole || !profiles.TryGet(record.Profile, out _) || HasProcessors(record);

    private bool HasProcessors(UploadRecord record) =>
        record.RequiredProcessors.Count > 0 || (profiles.TryGet(record.Profile, out var profile) && profile.IsForWorker());

    private async Task SweepAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var bucket = buckets.Get(record.Bucket);
        var prefix = FinalKeys.Prefix(record);
        await foreach (var found in bucket.ListKeysAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (!record.Serves(found))
                await bucket.DeleteAsync(found, cancellationToken).ConfigureAwait(false);
        }

        if (record.Size > LargeCopies.LargestWhole)
            await AbortAsync(bucket, prefix, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AbortAsync(IUploadBucket bucket, string prefix, CancellationToken cancellationToken)
    {
        await foreach (var unfinished in bucket.ListUnfinishedAsync(prefix, cancellationToken).ConfigureAwait(false))
            await bucket.AbortAsync(unfinished, cancellationToken).ConfigureAwait(false);
    }
}
