using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Starts attempts to process uploads. Each attempt takes the lease of its record.</summary>
internal sealed class UploadLeaser(RecordUpdater records, ILogger<UploadLease> logger)
{
    /// <summary>Starts an attempt.</summary>
    /// <returns>The lease; null when another caller changed the record first.</returns>
    public async Task<UploadLease?> TryStartAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var started = new UploadEvent.ProcessingStarted(FinalKeys.CreateForAttempt(record, record.Attempts + 1));
        return await records.TryUpdateAsync(record, started, cancellationToken).ConfigureAwait(false) is { } updated
            ? new UploadLease(updated, records, logger, cancellationToken)
            : null;
    }
}
