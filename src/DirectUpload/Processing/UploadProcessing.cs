using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Claims an uploaded record and takes it to its end: promote, inspect, ready or rejected.</summary>
internal sealed class UploadProcessing(
    IUploadRecordStore store,
    UploadBuckets buckets,
    ProfileCatalog profiles,
    UploadRemoval removal,
    ProcessingLease lease,
    TimeProvider clock,
    ILogger<UploadProcessing> logger)
{
    /// <summary>Whether a record waits to be processed: uploaded, or left behind by somebody whose lease ran out.</summary>
    public bool CanClaim(UploadRecord record) =>
        record.Status == UploadStatus.Uploaded || (record.Status == UploadStatus.Processing && record.DueAt <= clock.GetUtcNow());

    /// <summary>The record as it is afterwards; null when somebody else has claimed it or ended it meanwhile.</summary>
    public async Task<UploadRecord?> ProcessAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (!profiles.TryGet(record.Profile, out var profile))
        {
            logger.ProfileGone(record.Id, record.Profile);
            return record;
        }

        var now = clock.GetUtcNow();
        var claimed = await store.TryUpdateAsync(
            record.MovedTo(UploadStatus.Processing, now) with
            {
                DueAt = now + lease.Duration,
                Attempts = record.Attempts + 1,
                FinalKey = FinalKeys.OfAttempt(record, record.Attempts + 1),
            },
            cancellationToken).ConfigureAwait(false);
        if (claimed is null)
            return null;
        logger.Moved(claimed.Id, claimed.Status);

        try
        {
            return await FinishAsync(claimed, profile, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception interruption)
        {
            logger.Interrupted(interruption, claimed.Id);
            if (await HasLostAsync(claimed).ConfigureAwait(false))
                return null;
            throw;
        }
    }

    private async Task<UploadRecord?> FinishAsync(UploadRecord claimed, UploadProfile profile, CancellationToken cancellationToken)
    {
        var bucket = buckets.Get(claimed.Bucket);
        var frozen = await UploadPromoter.PromoteAsync(claimed, profile, bucket, cancellationToken).ConfigureAwait(false);
        var fault = frozen is null
            ? new UploadFailure(UploadVerifier.Mismatch, "The object was changed after it had been verified. Request a new upload and send it once.")
            : await ContentCheck.FindFaultAsync(claimed, profile, frozen, bucket, cancellationToken).ConfigureAwait(false);

        var finished = fault is not null
            ? await removal.RejectAsync(claimed, fault, cancellationToken).ConfigureAwait(false)
            : await ReadyAsync(claimed, frozen!, cancellationToken).ConfigureAwait(false);
        if (finished is null)
            await TidyAfterLosingAsync(claimed, bucket, cancellationToken).ConfigureAwait(false);
        return finished;
    }

    private async Task<UploadRecord?> ReadyAsync(UploadRecord claimed, StoredObject frozen, CancellationToken cancellationToken)
    {
        var ready = await store.TryUpdateAsync(
            claimed.MovedTo(UploadStatus.Ready, clock.GetUtcNow()) with
            {
                ETag = frozen.ETag,
                VersionId = frozen.VersionId,
                // The staging object goes once its URL can't bring it back; in place there is none.
                DueAt = claimed.FinalKey == claimed.StagingKey ? null : claimed.GrantExpiresAt,
            },
            cancellationToken).ConfigureAwait(false);
        if (ready is null)
            return null;
        logger.Ready(ready.Id, ready.FinalKey, ready.Size);
        return ready.Attempts > 1 ? await removal.DropEarlierAttemptsAsync(ready, cancellationToken).ConfigureAwait(false) : ready;
    }

    // Taken over, or ended, while we worked: our copy is nobody's, and may have come after the others' own clean-up.
    private async Task TidyAfterLosingAsync(UploadRecord claimed, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var winner = await store.FindAsync(claimed.Id, cancellationToken).ConfigureAwait(false);
        var isServed = winner?.FinalKey == claimed.FinalKey && (winner.Status == UploadStatus.Ready || !winner.Status.IsSettled());
        if (claimed.FinalKey != claimed.StagingKey && !isServed)
            await bucket.DeleteAsync(claimed.FinalKey, cancellationToken).ConfigureAwait(false);
    }

    // For the worker, which would else ask a storage that is down again and again; a client's confirm may try at any time.
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(1 << Math.Min(attempts, 8));

    // Best effort, and not cancelled with the caller: when even this fails, the lease runs out by itself.
    // True when there was nothing to release: the upload was ended meanwhile, which is what interrupted us.
    private async Task<bool> HasLostAsync(UploadRecord claimed)
    {
        try
        {
            var now = clock.GetUtcNow();
            return await store.TryUpdateAsync(
                claimed.MovedTo(UploadStatus.Uploaded, now) with { DueAt = now + Backoff(claimed.Attempts) }, CancellationToken.None).ConfigureAwait(false) is null;
        }
        catch (Exception outage)
        {
            logger.Interrupted(outage, claimed.Id);
            return false;
        }
    }
}

/// <summary>How long a claim holds.</summary>
internal sealed record ProcessingLease(TimeSpan Duration);
