using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Starts attempts to process uploads. Each attempt takes the lease of its record.</summary>
internal sealed class UploadLeaser(RecordUpdater records, ILogger<UploadLease> logger)
{
    /// <summary>Starts an attempt.</summary>
    /// <param name="record">The record.</param>
    /// <param name="before">What is not recorded yet, such as the arrival of the object: one write records both. Null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The lease; null when another caller changed the record first.</returns>
    public async Task<UploadLease?> TryStartAsync(
        UploadRecord record, UploadEvent? before, CancellationToken cancellationToken)
    {
        var started = new UploadEvent.ProcessingStarted(FinalKeys.CreateForAttempt(record, record.Attempts + 1));
        UploadEvent[] happened = before is null ? [started] : [before, started];
        return await TryStartAsync(record, happened, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts the first attempt of a requested upload, before its object is verified.</summary>
    /// <returns>The lease; null when another caller changed the record first.</returns>
    public Task<UploadLease?> TryStartCopyAsync(UploadRecord record, CancellationToken cancellationToken) => TryStartAsync(
        record, [new UploadEvent.CopyStarted(FinalKeys.CreateForAttempt(record, record.Attempts + 1))], cancellationToken);

    private async Task<UploadLease?> TryStartAsync(UploadRecord record, UploadEvent[] happened, CancellationToken cancellationToken) =>
        await records.TryUpdateAsync(record, happened, cancellationToken).ConfigureAwait(false) is { } updated
            ? new UploadLease(updated, records, logger, cancellationToken)
            : null;
}
