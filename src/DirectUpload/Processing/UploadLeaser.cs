using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Starts attempts to process uploads. Each attempt takes the lease of its record.</summary>
internal sealed class UploadLeaser(RecordUpdater records, ILogger<UploadLease> logger)
{
    /// <summary>Starts an attempt.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arrived">The arrival of the object, if it is not recorded yet: one write records both.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The lease; null when another caller changed the record first.</returns>
    public async Task<UploadLease?> TryStartAsync(
        UploadRecord record, UploadEvent.ObjectArrived? arrived, CancellationToken cancellationToken)
    {
        var started = new UploadEvent.ProcessingStarted(FinalKeys.CreateForAttempt(record, record.Attempts + 1));
        UploadEvent[] happened = arrived is null ? [started] : [arrived, started];
        return await records.TryUpdateAsync(record, happened, cancellationToken).ConfigureAwait(false) is { } updated
            ? new UploadLease(updated, records, logger, cancellationToken)
            : null;
    }
}
