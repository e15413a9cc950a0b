using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Confirmation;

/// <summary>
/// Ends an upload and removes its objects. The record is changed first: whoever dies after that leaves a record that is due, and the worker
/// finishes the job.
/// </summary>
internal sealed class UploadRemoval(IUploadRecordStore store, UploadBuckets buckets, TimeProvider clock, ILogger<UploadRemoval> logger)
{
    /// <summary>Storage looks at a URL's expiry when a PUT begins; for so long after it, one may still be ending.</summary>
    public static readonly TimeSpan SlowUpload = TimeSpan.FromHours(1);

    /// <summary>Rejects an upload. Null when somebody else was faster.</summary>
    public async Task<UploadRecord?> RejectAsync(UploadRecord record, UploadFailure failure, CancellationToken cancellationToken)
    {
        var rejected = await EndAsync(record, UploadStatus.Rejected, failure, cancellationToken).ConfigureAwait(false);
        if (rejected is not null)
            logger.Rejected(record.Id, failure.Detail);
        return rejected;
    }

    /// <summary>Takes an upload to one of the ends at which nothing of it is kept. Null when somebody else was faster.</summary>
    public async Task<UploadRecord?> EndAsync(UploadRecord record, UploadStatus end, UploadFailure? failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = await store.TryUpdateAsync(
            record.MovedTo(end, now) with { Error = failure ?? record.Error, DueAt = now }, cancellationToken).ConfigureAwait(false);
        if (ended is null)
            return null;
        logger.Moved(ended.Id, end);
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
    public async Task<UploadRecord> DropEarlierAttemptsAsync(UploadRecord ready, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var key in FinalKeys.OfEarlierAttempts(ready))
                await buckets.Get(ready.Bucket).DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception outage)
        {
            logger.PurgeFailed(outage, ready.Id, ready.Status);
        }

        return ready;
    }

    /// <summary>
    /// Deletes what a settled upload must not keep: the staging object, what earlier attempts left, and the final object too unless it is ready. While its URL
    /// still works a client can write the staging key again, so the record stays due until that is over. Null when somebody else was faster.
    /// </summary>
    public async Task<UploadRecord?> PurgeAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var bucket = buckets.Get(record.Bucket);
        if (record.Status != UploadStatus.Ready || record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.StagingKey, cancellationToken).ConfigureAwait(false);
        if (record.Status != UploadStatus.Ready && record.FinalKey != record.StagingKey)
            await bucket.DeleteAsync(record.FinalKey, cancellationToken).ConfigureAwait(false);
        foreach (var key in FinalKeys.OfEarlierAttempts(record))
            await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);

        var quietAt = record.GrantExpiresAt + SlowUpload;
        DateTimeOffset? again = clock.GetUtcNow() < quietAt ? quietAt : null;
        return await store.TryUpdateAsync(record with { DueAt = again }, cancellationToken).ConfigureAwait(false);
    }
}
