using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Claims an uploaded record and takes it to its end: promote, inspect, run the profile's processors; ready, rejected or failed.</summary>
internal sealed class UploadProcessing(
    IUploadRecordStore store,
    UploadBuckets buckets,
    ProfileCatalog profiles,
    ProcessorRun processors,
    MissingProcessors missing,
    UploadRemoval removal,
    FailedAttempts failedAttempts,
    ProcessingLimits limits,
    UploadMetrics metrics,
    TimeProvider clock,
    ILogger<UploadProcessing> logger)
{
    /// <summary>Whether a client's confirm may process the record itself: it is free, small, and nothing but the library's own steps is to be done.</summary>
    public bool IsForConfirm(UploadRecord record) =>
        (record.Status == UploadStatus.Uploaded || (record.Status == UploadStatus.Processing && record.DueAt <= clock.GetUtcNow()))
        && record.Size <= LargeCopies.LargestWhole
        && record.RequiredProcessors.Count == 0
        && !(profiles.TryGet(record.Profile, out var profile) && profile.IsForWorker());

    /// <summary>
    /// Processes an uploaded record, or one whose holder has died. The record as it is afterwards; null when somebody else has claimed it or ended it meanwhile.
    /// </summary>
    /// <exception cref="Exception">An outage of storage or store; the record has been released, as far as that was possible.</exception>
    public async Task<UploadRecord?> ProcessAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (!profiles.TryGet(record.Profile, out var profile))
        {
            logger.ProfileGone(record.Id, record.Profile);
            return record;
        }

        // Another host has it: this one leaves the upload as it is.
        if (missing.FindMissing(record, profile) is not null)
            return record;

        // The attempts before this one ended without a word: whatever they died of, it stays the same.
        if (record.Failures >= limits.MaxAttempts)
            return await failedAttempts.GiveUpAsync(record, cancellationToken).ConfigureAwait(false);
        if (await BeginAsync(record, cancellationToken).ConfigureAwait(false) is not { } begun)
            return null;

        using var activity = UploadActivities.Start("Process", begun.Id, begun.Profile);
        var (started, outcome) = (clock.GetTimestamp(), "lost");
        var claim = new Claim(begun, store, limits.Lease, clock, cancellationToken);
        await using (claim.ConfigureAwait(false))
        {
            try
            {
                if (await FinishAsync(claim, profile).ConfigureAwait(false) is { } finished)
                {
                    outcome = finished.Status.ToString().ToLowerInvariant();
                    activity.Ended(finished);
                    return finished;
                }
            }
            catch (Exception interruption)
            {
                outcome = "interrupted";
                activity.Failed(interruption);
                if (await failedAttempts.ReleaseAsync(claim, interruption).ConfigureAwait(false))
                    throw;
            }
            finally
            {
                metrics.Processed(begun, started, outcome);
            }
        }

        await removal.TidyAfterLosingAsync(begun, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<UploadRecord?> BeginAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var begun = await store.TryUpdateAsync(
            record.MovedTo(UploadStatus.Processing, now) with
            {
                DueAt = now + limits.Lease,
                Attempts = record.Attempts + 1,
                Failures = record.Failures + 1,
                FinalKey = FinalKeys.OfAttempt(record, record.Attempts + 1),
            },
            cancellationToken).ConfigureAwait(false);
        if (begun is null)
            return null;
        logger.Moved(begun.Id, begun.Status);
        if (record.Status == UploadStatus.Processing)
            metrics.TakenOver(begun);
        return begun;
    }

    private async Task<UploadRecord?> FinishAsync(Claim claim, UploadProfile profile)
    {
        var record = claim.Record;
        var bucket = buckets.Get(record.Bucket);
        var frozen = await UploadPromoter.PromoteAsync(record, profile, bucket, claim.Work).ConfigureAwait(false);
        if (frozen is null)
            return await RejectAsync(claim, new(UploadVerifier.Mismatch, "The object was changed after it had been verified. Request a new upload and send it once.")).ConfigureAwait(false);
        if (await ContentCheck.FindFaultAsync(record, profile, frozen, bucket, claim.Work).ConfigureAwait(false) is { } mismatch)
            return await RejectAsync(claim, mismatch).ConfigureAwait(false);

        var context = new UploadProcessingContext(record, frozen, bucket, profile);
        var outcome = await processors.RunAsync(profile, context, claim.Work).ConfigureAwait(false);
        context.Close();
        if (outcome.Fault is { } fault)
        {
            if (context.Outage is StorageRefusedException refusal)
                throw new StorageRefusedException(refusal);
            if (context.Outage is { } outage)
                throw new IOException($"Storage could not be reached while upload {record.Id} was processed.", outage);
            return fault is ProcessorOutageException
                ? throw new IOException($"The step {outcome.Step} could not be done for upload {record.Id}: {fault.Message}", fault)
                : await failedAttempts.CountAsync(claim, outcome.Step!, fault).ConfigureAwait(false);
        }

        return outcome.Rejection is { } rejection
            ? await RejectAsync(claim, rejection).ConfigureAwait(false)
            : await ReadyAsync(claim, profile, frozen, context).ConfigureAwait(false);
    }

    // The last step before the upload is ready: nothing that was not accepted is ever open to others. An attempt that dies in between is followed by one at a key of its own.
    private static async Task OpenAsync(UploadRecord record, UploadProfile profile, StoredObject frozen, UploadProcessingContext results, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (!profile.ObjectSettings.OpensToOthers)
            return;
        await bucket.SetAclAsync(record.FinalKey, frozen.VersionId, profile.ObjectSettings.Acl!, cancellationToken).ConfigureAwait(false);
        foreach (var variant in results.Derivatives)
            await bucket.SetAclAsync(variant.Key, versionId: null, profile.ObjectSettings.Acl!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<UploadRecord?> RejectAsync(Claim claim, UploadFailure failure)
    {
        logger.Rejected(claim.Record.Id, LogText.Sanitize(failure.Detail, LogText.Sentence));
        var rejected = await claim.TryUpdateAsync(record => removal.Ended(record, UploadStatus.Rejected, failure), claim.Work).ConfigureAwait(false);
        if (rejected is not null)
            metrics.Ended(rejected);
        return rejected is null ? null : await removal.TryPurgeAsync(rejected, claim.Work).ConfigureAwait(false);
    }

    private async Task<UploadRecord?> ReadyAsync(Claim claim, UploadProfile profile, StoredObject frozen, UploadProcessingContext results)
    {
        await OpenAsync(claim.Record, profile, frozen, results, buckets.Get(claim.Record.Bucket), claim.Work).ConfigureAwait(false);
        var ready = await claim.TryUpdateAsync(
            record => record.MovedTo(UploadStatus.Ready, clock.GetUtcNow()) with
            {
                DueAt = UploadRemoval.NextPurge(record),
                ETag = frozen.ETag,
                VersionId = frozen.VersionId,
                Findings = results.Findings,
                Derivatives = results.Derivatives,
                Failures = 0,
                Fault = null,
            },
            claim.Work).ConfigureAwait(false);
        if (ready is null)
            return null;
        metrics.Ended(ready);
        logger.Ready(ready.Id, ready.FinalKey, ready.Size);
        await removal.DropEarlierAttemptsAsync(ready, claim.Work).ConfigureAwait(false);
        return ready;
    }
}
