using DirectUpload.Cleanup;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Runs one attempt to process an uploaded record, under a lease.</summary>
internal sealed class UploadProcessing(
    RecordUpdater records, UploadLeaser leaser, MissingProcessorTracker missing, ProcessingAttempts attempts,
    ProcessingFailureHandler failures, UploadCleaner cleaner, UploadMetrics metrics)
{
    /// <summary>Processes an uploaded record, or one whose lease has expired.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arrived">The arrival of the object, if the record is still requested; null otherwise.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The updated record; the same record when this host can't process it; null when another caller changed the record first.
    /// </returns>
    /// <exception cref="Exception">Storage or the record store is unavailable. The lease is released if the store is available.</exception>
    public async Task<UploadRecord?> ProcessAsync(
        UploadRecord record, UploadEvent.ObjectArrived? arrived, CancellationToken cancellationToken)
    {
        // This host lacks the profile or a processor, so it leaves the upload to a host that has them.
        if (missing.FindProfile(record) is not { } profile)
        {
            return arrived is null
                ? record
                : await records.TryUpdateAsync(record, arrived, cancellationToken).ConfigureAwait(false);
        }

        if (record.AwaitedDecision is { } awaited)
            return await EndWaitAsync(record, profile, awaited, cancellationToken).ConfigureAwait(false);

        // The last attempts ended without a report, so their processes crashed; another attempt would crash, too.
        if (failures.IsExhausted(record))
            return await records.TryUpdateAsync(
                record, new UploadEvent.ProcessingGivenUp(Error: null), cancellationToken).ConfigureAwait(false);
        return await StartAsync(record, profile, arrived, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the object of a requested upload, and processes it if the copy can be verified.</summary>
    /// <param name="record">The record, for which <see cref="CopyFirstRule"/> applies.</param>
    /// <param name="profile">The upload's profile.</param>
    /// <param name="source">Who reported the object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The updated record, still requested when storage has no object; null when another caller changed the record first.
    /// </returns>
    /// <exception cref="Exception">Storage or the record store is unavailable. The lease is released if the store is available.</exception>
    public async Task<UploadRecord?> CopyFirstAsync(
        UploadRecord record, UploadProfile profile, ConfirmSource source, CancellationToken cancellationToken) =>
        await leaser.TryStartCopyAsync(record, cancellationToken).ConfigureAwait(false) is { } lease
            ? await RunAsync(lease, () => attempts.CopyFirst.RunAsync(lease, profile, source), cancellationToken).ConfigureAwait(false)
            : null;

    private async Task<UploadRecord?> StartAsync(
        UploadRecord record, UploadProfile profile, UploadEvent? before, CancellationToken cancellationToken) =>
        await leaser.TryStartAsync(record, before, cancellationToken).ConfigureAwait(false) is { } lease
            ? await RunAsync(lease, () => attempts.Verified.RunAsync(lease, profile), cancellationToken).ConfigureAwait(false)
            : null;

    // The deadline's decision is stored in the write that starts the attempt, so a decision comes either before it or too late.
    private async Task<UploadRecord?> EndWaitAsync(
        UploadRecord record, UploadProfile profile, UploadDecision awaited, CancellationToken cancellationToken) =>
        awaited.Deadline > records.Clock.GetUtcNow()
            ? await records.TryUpdateAsync(
                record, new UploadEvent.Postponed(awaited.Deadline.Value), cancellationToken).ConfigureAwait(false)
            : await StartAsync(
                record, profile, DecisionRules.CreateMissing(awaited, profile), cancellationToken).ConfigureAwait(false);

    private async Task<UploadRecord?> RunAsync(
        UploadLease lease, Func<Task<UploadRecord?>> run, CancellationToken cancellationToken)
    {
        var leased = lease.Record;
        using var activity = UploadActivities.Start("Process", leased.Id, leased.Profile);
        var (started, outcome) = (records.Clock.GetTimestamp(), "lost");
        await using (lease.ConfigureAwait(false))
        {
            try
            {
                if (await run().ConfigureAwait(false) is { } finished)
                {
                    outcome = finished.AwaitedDecision is null ? finished.Status.ToLowerName() : "pending";
                    activity.SetOutcome(finished);
                    return finished;
                }
            }
            catch (Exception interruption)
            {
                outcome = "interrupted";
                activity.SetException(interruption);
                if (await failures.ReleaseAsync(lease, interruption).ConfigureAwait(false))
                    throw;
            }
            finally
            {
                metrics.RecordProcessing(leased, started, outcome);
            }
        }

        await cleaner.CleanUpLostAttemptAsync(leased, cancellationToken).ConfigureAwait(false);
        // The attempt may have changed to another final key.
        if (lease.Record.FinalKey != leased.FinalKey)
            await cleaner.CleanUpLostAttemptAsync(lease.Record, cancellationToken).ConfigureAwait(false);
        return null;
    }
}

/// <summary>The two kinds of attempts.</summary>
/// <param name="Verified">The attempt for an object that was verified.</param>
/// <param name="CopyFirst">The attempt that copies the object before it is verified.</param>
internal sealed record ProcessingAttempts(ProcessingAttempt Verified, CopyFirstAttempt CopyFirst);
