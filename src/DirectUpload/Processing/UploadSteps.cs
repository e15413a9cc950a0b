using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Takes a record that was claimed because it is due through its next step, whatever that is.</summary>
internal sealed class UploadSteps(
    IUploadRecordStore store, UploadArrival arrival, UploadProcessing processing, UploadRemoval removal, NotificationDispatcher notifications, MissingProcessors missing, Retention retention,
    Reachability reachability, TimeProvider clock, ILogger<UploadSteps> logger)
{
    /// <summary>For so long what is due is left to hosts that have processors which this one lacks.</summary>
    public TimeSpan Grace => missing.Grace;

    /// <summary>Whether the record took a step; false when it is to be looked at again later, or somebody else was faster.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled: the record is due again when its claim ends, if not before.</exception>
    public async Task<bool> TakeAsync(UploadRecord claimed, CancellationToken cancellationToken)
    {
        try
        {
            var after = await StepAsync(claimed, cancellationToken).ConfigureAwait(false);
            reachability.Succeeded();
            if (after?.Version == claimed.Version)
                await PostponeAsync(claimed, claimed.RequiredProcessors.Count > 0 ? missing.AgainAt(claimed) : clock.GetUtcNow() + Backoff.ForStep(), cancellationToken).ConfigureAwait(false);
            return after is not null && after.Version != claimed.Version;
        }
        catch (Exception outage) when (!cancellationToken.IsCancellationRequested)
        {
            // A refusal is logged where it is met, and concerns the uploads of one configuration: the others go on at full speed.
            if (outage is not StorageRefusedException)
                reachability.Failed(outage, claimed);
            await PostponeAsync(
                claimed, clock.GetUtcNow() + (outage is StorageRefusedException ? Backoff.AfterRefusal() : Backoff.ForStep()), cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private async Task<UploadRecord?> StepAsync(UploadRecord claimed, CancellationToken cancellationToken)
    {
        switch (claimed.Status)
        {
            case UploadStatus.Requested:
                var arrived = await arrival.CheckAsync(claimed, ConfirmSource.Worker, sent: null, cancellationToken).ConfigureAwait(false);
                return arrived?.Status == UploadStatus.Uploaded ? await processing.ProcessAsync(arrived, cancellationToken).ConfigureAwait(false) ?? arrived : arrived;
            case UploadStatus.Uploaded or UploadStatus.Processing:
                return await processing.ProcessAsync(claimed, cancellationToken).ConfigureAwait(false);
            case UploadStatus.Failed when clock.GetUtcNow() < claimed.UpdatedAt + retention.Failed:
                return await store.TryUpdateAsync(claimed with { DueAt = claimed.UpdatedAt + retention.Failed }, cancellationToken).ConfigureAwait(false);
            case UploadStatus.Failed:
                return await removal.EndAsync(claimed, UploadStatus.Deleted, null, cancellationToken).ConfigureAwait(false);
            default:
                return await removal.PurgeAsync(notifications.Queued(claimed), cancellationToken).ConfigureAwait(false);
        }
    }

    // Sooner than its claim ends. When even this fails, or processing has seen to it already, there is nothing more to do.
    private async Task PostponeAsync(UploadRecord record, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            await store.TryUpdateAsync(record with { DueAt = until }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception outage) when (!cancellationToken.IsCancellationRequested)
        {
            logger.NotReleased(outage, record.Id);
        }
    }
}
