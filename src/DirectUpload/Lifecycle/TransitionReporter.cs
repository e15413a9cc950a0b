using DirectUpload.Diagnostics;
using DirectUpload.Primitives;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Lifecycle;

/// <summary>Writes the log messages and metrics of stored transitions.</summary>
internal sealed class TransitionReporter(UploadMetrics metrics, ILogger<TransitionReporter> logger)
{
    public void Report(UploadRecord before, UploadEvent happened, UploadRecord after)
    {
        // The attempt is repeated, although the status was not changed for it.
        if (happened is UploadEvent.CopyInterrupted { Cause: { } reason })
            metrics.RecordRetry(after, reason);
        if (UploadTransitions.Find(before.Status, happened.GetType())?.To is null)
            return;
        logger.StatusChanged(after.Id, before.Status, after.Status);
        switch (happened)
        {
            case UploadEvent.ObjectArrived arrived:
                metrics.RecordConfirmation(after, arrived.Source);
                break;
            case UploadEvent.ProcessingStarted when before.Status == UploadStatus.Processing:
                metrics.RecordLeaseTakeover(after);
                break;
            case UploadEvent.ProcessingInterrupted { Cause: { } cause }:
                metrics.RecordRetry(after, cause);
                break;
            case UploadEvent.ProcessorFailed:
                metrics.RecordRetry(after, "failure");
                break;
            case UploadEvent.ProcessingGivenUp:
                logger.ProcessingGivenUp(after.Id, after.Attempts);
                break;
            case UploadEvent.Rejected rejected:
                logger.UploadRejected(after.Id, LogText.Sanitize(rejected.Reason.Message, LogText.MaxSentenceLength));
                break;
            case UploadEvent.Completed:
                logger.UploadReady(after.Id, after.FinalKey, after.Size);
                break;
        }

        if (after.Status.IsTerminal())
            metrics.RecordCompletion(after);
    }
}
