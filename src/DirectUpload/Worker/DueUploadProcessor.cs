using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Operations;
using DirectUpload.Processing;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Worker;

/// <summary>Takes the next step of a record that was leased because it is due, or postpones it.</summary>
internal sealed class DueUploadProcessor(
    RecordUpdater records, UploadAdvancer advancer, MissingProcessorTracker missing, AvailabilityTracker availability,
    ILogger<DueUploadProcessor> logger)
{
    /// <summary>Gets how long due records are left to other hosts, when this host lacks processors that they require.</summary>
    public TimeSpan LeaseDelay => missing.LeaseDelay;

    /// <summary>Gets the duration of a lease.</summary>
    public TimeSpan LeaseDuration => records.Policy.Lease;

    /// <summary>Takes the step.</summary>
    /// <returns>Whether the record took a step; false when it was postponed, or another caller changed it first.</returns>
    /// <exception cref="OperationCanceledException">
    /// The token was canceled. The record is due again when its lease ends, or earlier.
    /// </exception>
    public async Task<bool> ExecuteAsync(UploadRecord leased, CancellationToken cancellationToken)
    {
        try
        {
            var after = await advancer.AdvanceAsync(
                leased, ConfirmSource.Worker, sent: null, cancellationToken).ConfigureAwait(false);
            availability.ReportSuccess();
            if (after?.Version == leased.Version)
                await PostponeAsync(leased, leased.RequiredProcessors.Count > 0
                    ? missing.GetNextRetryAt(leased)
                    : records.Clock.GetUtcNow() + RetryDelays.GetDefault(), cancellationToken).ConfigureAwait(false);
            return after is not null && after.Version != leased.Version;
        }
        catch (Exception unavailable) when (!cancellationToken.IsCancellationRequested)
        {
            // A refusal is logged where it occurs. It affects the uploads of one configuration only, so other uploads are not delayed.
            if (unavailable is not StorageRefusedException)
                availability.ReportFailure(unavailable, leased);
            await PostponeAsync(
                leased, records.Clock.GetUtcNow() + (unavailable is StorageRefusedException
                    ? RetryDelays.AfterRefusal()
                    : RetryDelays.GetDefault()), cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    // Makes the record due before its lease ends. If the update fails, or the attempt has already released the record, the lease just ends.
    private async Task PostponeAsync(UploadRecord record, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            await records.TryUpdateAsync(record, new UploadEvent.Postponed(until), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unavailable) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LeaseReleaseFailed(unavailable, record.Id);
        }
    }
}
