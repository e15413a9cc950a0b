using DirectUpload.Client.Reading;
using DirectUpload.Client.Resilience;

namespace DirectUpload.Client.Sending;

/// <summary>Sends a part until storage has it: retries transient failures, and renews signatures that may have expired.</summary>
internal sealed class PartSender(
    StorageSender storage, RetryPipeline retries, IUploadTargetProvider targets, TransferMeter meter, FileUploadPause? pause)
{
    // The first signature may arrive late or live too short. If a fresh one fails, expiry is not the cause.
    private const int MaxSignatures = 3;

    public Task<SendResult> SendAsync(PartReader piece, CancellationToken cancellationToken)
    {
        var refusals = 0;
        return retries.RunAsync(async stop =>
        {
            while (true)
            {
                if (pause is not null)
                    await pause.WaitAsync(stop).ConfigureAwait(false);
                var target = await targets.GetAsync(piece, stop).ConfigureAwait(false);
                try
                {
                    var (answer, refusal) = await storage.SendAsync(target, piece, meter, pause, stop).ConfigureAwait(false);
                    if (refusal is null)
                        return answer;
                    if (++refusals == MaxSignatures)
                        throw refusal.ToException();
                    targets.Invalidate(piece.Number, target);
                }
                catch (TransientFailureException) when (pause?.IsPaused == true)
                {
                    // The connection did not survive the pause; this does not count as an attempt.
                }
            }
        }, cancellationToken);
    }
}
