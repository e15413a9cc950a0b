using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>
/// What becomes of an upload whose attempt did not come to its end: an outage is not its fault, and it is tried again for as long as it takes; a step that throws is tried a
/// number of times, then the upload has failed.
/// </summary>
internal sealed class FailedAttempts(
    IUploadRecordStore store, ProcessingLimits limits, Retention retention, UploadMetrics metrics, TimeProvider clock, ILogger<FailedAttempts> logger)
{
    private const int LongestFault = 1000;

    /// <summary>
    /// After an outage, or when the host stops. Best effort, and not cancelled with the caller: when even this fails, the lease runs out by itself. False when there was nothing to
    /// release: somebody else has the upload, or has ended it, which is what interrupted us.
    /// </summary>
    public async Task<bool> ReleaseAsync(Claim claim, Exception interruption)
    {
        if (claim.IsLost)
            return false;
        var stopping = interruption is OperationCanceledException;
        if (!stopping)
            metrics.Retried(claim.Record, interruption is StorageRefusedException ? "refusal" : "outage");
        try
        {
            return await claim.TryUpdateAsync(
                record =>
                {
                    var now = clock.GetUtcNow();
                    return record.Status != UploadStatus.Processing
                        ? record
                        : record.MovedTo(UploadStatus.Uploaded, now) with
                        {
                            DueAt = stopping ? now : now + (interruption is StorageRefusedException ? Backoff.AfterRefusal() : Backoff.AfterOutage(record.Attempts)),
                            Failures = record.Failures - 1,
                            Fault = stopping ? record.Fault : Describe(interruption),
                        };
                },
                CancellationToken.None).ConfigureAwait(false) is not null;
        }
        catch (Exception outage)
        {
            logger.NotReleased(outage, claim.Record.Id);
            return true;
        }
    }

    /// <summary>After a step that threw: released to be tried again, or failed for good. Null when the claim was lost.</summary>
    public async Task<UploadRecord?> CountAsync(Claim claim, string step, Exception fault)
    {
        logger.StepThrew(fault, claim.Record.Id, step, claim.Record.Failures, limits.MaxAttempts);
        var described = Describe(fault);
        if (claim.Record.Failures >= limits.MaxAttempts)
            return Counted(await claim.TryUpdateAsync(record => Failed(record with { Fault = described }), claim.Work).ConfigureAwait(false));
        metrics.Retried(claim.Record, "failure");
        return await claim.TryUpdateAsync(
            record =>
            {
                var now = clock.GetUtcNow();
                return record.MovedTo(UploadStatus.Uploaded, now) with { DueAt = now + Backoff.AfterFailure(record.Failures), Fault = described };
            },
            claim.Work).ConfigureAwait(false);
    }

    /// <summary>Ends an upload whose attempts never ended, each taking its process with it. Null when somebody else was faster.</summary>
    public async Task<UploadRecord?> GiveUpAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        logger.GivenUp(record.Id, record.Attempts);
        var last = record.Status == UploadStatus.Processing ? record : record.MovedTo(UploadStatus.Processing, clock.GetUtcNow());
        return Counted(await store.TryUpdateAsync(
            Failed(last with { Fault = record.Fault ?? "No attempt came to an end: each time the process died, or hung for longer than its lease." }),
            cancellationToken).ConfigureAwait(false));
    }

    private UploadRecord? Counted(UploadRecord? failed)
    {
        if (failed is not null)
            metrics.Ended(failed);
        return failed;
    }

    private UploadRecord Failed(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        return record.MovedTo(UploadStatus.Failed, now) with
        {
            DueAt = now + retention.Failed,
            Error = new UploadFailure("processing-failed", $"Processing failed {record.Failures} times and was given up. Upload the file again, or ask for a retry."),
        };
    }

    private static string Describe(Exception fault)
    {
        var text = $"{fault.GetType().Name}: {fault.Message}";
        return text.Length <= LongestFault ? text : text[..LongestFault];
    }
}
