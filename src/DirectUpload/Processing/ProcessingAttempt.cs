using DirectUpload.Lifecycle;
using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>
/// Runs one attempt for a verified object: promotes and inspects it, runs the profile's processors, and stores the outcome.
/// </summary>
internal sealed class ProcessingAttempt(
    UploadBuckets buckets, ProcessorPipeline processors, ProcessingFailureHandler failures, AttemptEnd end)
{
    /// <summary>The error for an object that changed after it was verified.</summary>
    public static readonly UploadError ReplacedError = new(
        UploadErrorCodes.Mismatch,
        "The uploaded file was replaced after it had been verified. Request a new upload and send the file once.");

    /// <summary>Runs the attempt that holds a lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="profile">The upload's profile.</param>
    /// <param name="isTypeDetected">Whether this attempt has decided on the type before, by the same bytes.</param>
    /// <returns>The updated record; null when the lease was lost.</returns>
    /// <exception cref="Exception">Storage, the record store or a service that a processor needs is unavailable.</exception>
    public async Task<UploadRecord?> RunAsync(UploadLease lease, UploadProfile profile, bool isTypeDetected = false)
    {
        var bucket = buckets.Get(lease.Record.Bucket);
        var (final, mismatch) = await PromoteInspectedAsync(lease, profile, bucket, isTypeDetected).ConfigureAwait(false);
        if (mismatch is not null)
            return await end.RejectAsync(lease, [], mismatch).ConfigureAwait(false);
        if (final is null)
            return null;
        var record = lease.Record;

        var progress = new ProgressWriter(lease);
        await using var _ = progress.ConfigureAwait(false);
        var context = new UploadProcessingContext(record, final, bucket, profile, progress);
        var (outcome, waiting) = await RunProcessorsAsync(lease, profile, context, final).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            if (context.StorageFailure is StorageRefusedException refusal)
                throw new StorageRefusedException(refusal);
            if (context.StorageFailure is { } unavailable)
                throw new IOException($"Storage could not be reached while upload {record.Id} was processed.", unavailable);
            return error is ProcessorUnavailableException
                ? throw new IOException(
                    $"The processor {outcome.ProcessorName} could not process upload {record.Id}: {error.Message}", error)
                : await failures.RecordFailureAsync(lease, outcome.ProcessorName!, error).ConfigureAwait(false);
        }

        if (outcome.Awaited is not null)
            return waiting;
        return outcome.Rejection is { } rejection
            ? await end.RejectAsync(lease, [], rejection).ConfigureAwait(false)
            : await end.CompleteAsync(lease, profile, [], final, context).ConfigureAwait(false);
    }

    // The bytes are inspected in the copy, which the client cannot replace. If they have another type than the copy, the record gets it
    // first, and the object is copied and inspected again. A second change means that the staging object was replaced in between.
    private static async Task<(StoredObject? Final, UploadError? Mismatch)> PromoteInspectedAsync(
        UploadLease lease, UploadProfile profile, IUploadBucket bucket, bool isTypeDetected)
    {
        if (lease.Record.KeepsFinalObject)
        {
            var kept = await UploadPromoter.ReadFinalAsync(lease.Record, bucket, lease.CancellationToken).ConfigureAwait(false);
            return kept is null ? (null, ReplacedError) : (kept.Object, null);
        }

        while (true)
        {
            var record = lease.Record;
            if (await UploadPromoter.PromoteAsync(record, profile, bucket, lease.CancellationToken).ConfigureAwait(false) is not { } start)
                return (null, ReplacedError);
            var (type, rejection) = await ContentCheck.DecideTypeAsync(
                record, profile, start, bucket, lease.CancellationToken).ConfigureAwait(false);
            if (rejection is not null)
                return (null, rejection);
            if (type == record.ContentType)
            {
                return (start.Object, await ContentCheck.FindChecksumErrorAsync(
                    record, profile, start.Object, bucket, lease.CancellationToken).ConfigureAwait(false));
            }

            if (isTypeDetected)
                return (null, ReplacedError);
            isTypeDetected = true;
            var detected = new UploadEvent.TypeDetected(type!, ContentFileName.CreateFinalKey(record, type!));
            if (await lease.TryUpdateAsync(detected, lease.CancellationToken).ConfigureAwait(false) is not { } updated)
                return default;
            if (record.FinalKey != updated.FinalKey)
                await bucket.DeleteAsync(record.FinalKey, lease.CancellationToken).ConfigureAwait(false);
        }
    }

    // If the decision was given before the upload could wait for it, the processors go on.
    private async Task<(ProcessorPipelineResult Outcome, UploadRecord? Waiting)> RunProcessorsAsync(
        UploadLease lease, UploadProfile profile, UploadProcessingContext context, StoredObject final)
    {
        try
        {
            while (true)
            {
                var outcome = await processors.RunAsync(
                    profile, context, lease.Record.Decisions, lease.CancellationToken).ConfigureAwait(false);
                if (outcome.Awaited is not { } awaited)
                    return (outcome, null);
                var waiting = await AttemptEnd.AwaitDecisionAsync(lease, awaited, final, context).ConfigureAwait(false);
                if (waiting?.AwaitedDecision is not null || waiting is null)
                    return (outcome, waiting);
            }
        }
        finally
        {
            // Also when the lease is lost: a processor that ignores its cancellation must not write after the cleanup.
            context.Close();
        }
    }
}
