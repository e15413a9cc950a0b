using DirectUpload.Cleanup;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Runs one attempt to process an uploaded record, under a lease.</summary>
internal sealed class UploadProcessing(
    RecordUpdater records, UploadLeaser leaser, MissingProcessorTracker missing, ProcessingAttempt attempt,
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

        // The last attempts ended without a report, so their processes crashed; another attempt would crash, too.
        if (failures.IsExhausted(record))
            return await records.TryUpdateAsync(
                record, new UploadEvent.ProcessingGivenUp(Error: null), cancellationToken).ConfigureAwait(false);
        if (await leaser.TryStartAsync(record, arrived, cancellationToken).ConfigureAwait(false) is not { } lease)
            return null;

        var leased = lease.Record;
        using var activity = UploadActivities.Start("Process", leased.Id, leased.Profile);
        var (started, outcome) = (records.Clock.GetTimestamp(), "lost");
        await using (lease.ConfigureAwait(false))
        {
            try
            {
                if (await attempt.RunAsync(lease, profile).ConfigureAwait(false) is { } finished)
                {
                    outcome = finished.Status.ToLowerName();
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
