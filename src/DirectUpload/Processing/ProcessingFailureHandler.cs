using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Decides what follows an attempt that did not complete.</summary>
/// <remarks>
/// An interrupted attempt is repeated without a limit. A processor that throws is called again until the policy's <c>MaxAttempts</c>; then
/// the upload fails.
/// </remarks>
internal sealed class ProcessingFailureHandler(RecordUpdater records, ILogger<ProcessingFailureHandler> logger)
{
    private const int MaxErrorLength = 1000;

    /// <summary>Checks whether the upload has no attempts left.</summary>
    public bool IsExhausted(UploadRecord record) => record.FailedAttempts >= records.Policy.MaxAttempts;

    /// <summary>Releases the lease of an interrupted attempt.</summary>
    /// <remarks>The caller's cancellation does not apply to the release. When the store is unavailable, the lease expires.</remarks>
    /// <returns>False when the lease was already lost: another caller holds it, or has moved the upload to a terminal status.</returns>
    public async Task<bool> ReleaseAsync(UploadLease lease, Exception interruption)
    {
        if (lease.IsLost)
            return false;
        try
        {
            return await lease.TryUpdateAsync(
                record => UploadLifecycle.IsAttempted(record) ? CreateInterruption(record, interruption) : null,
                CancellationToken.None).ConfigureAwait(false) is not null;
        }
        catch (Exception unavailable)
        {
            logger.LeaseReleaseFailed(unavailable, lease.Record.Id);
            return true;
        }
    }

    /// <summary>Releases the lease after a processor threw, or fails the upload when it has no attempts left.</summary>
    /// <returns>The updated record; null when the lease was lost.</returns>
    public async Task<UploadRecord?> RecordFailureAsync(UploadLease lease, string processor, Exception exception)
    {
        logger.ProcessorFailed(exception, processor, lease.Record.Id, lease.Record.FailedAttempts, records.Policy.MaxAttempts);
        var description = Describe(exception);
        return await lease.TryUpdateAsync(
            record => IsExhausted(record)
                ? new UploadEvent.ProcessingGivenUp(description)
                : new UploadEvent.ProcessorFailed(RetryDelays.AfterFailure(record.FailedAttempts), description),
            lease.CancellationToken).ConfigureAwait(false);
    }

    private static UploadEvent CreateInterruption(UploadRecord record, Exception interruption)
    {
        var interrupted = interruption switch
        {
            OperationCanceledException => new UploadEvent.ProcessingInterrupted(TimeSpan.Zero, Cause: null, Error: null),
            StorageRefusedException => new(RetryDelays.AfterRefusal(), "refusal", Describe(interruption)),
            _ => new(RetryDelays.AfterUnavailable(record.Attempts), "unavailable", Describe(interruption)),
        };
        return record.Status == UploadStatus.Requested
            ? new UploadEvent.CopyInterrupted(interrupted.Delay, interrupted.Cause, interrupted.Error)
            : interrupted;
    }

    private static string Describe(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return text.Length <= MaxErrorLength ? text : text[..MaxErrorLength];
    }
}
