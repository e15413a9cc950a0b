using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Sends a piece until storage has it: tries again what may pass, and signs anew what may have expired.</summary>
internal sealed class PieceSender(StorageSender storage, Retries retries, ITargets targets, TransferMeter meter, UploadPause? pause)
{
    // The first may be late or cut short; a second, fresh from the application, is not expired: then it is something else.
    private const int MostSignatures = 3;

    public Task<StorageAnswer> SendAsync(Piece piece, CancellationToken cancellationToken)
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
                    if (++refusals == MostSignatures)
                        throw refusal.ToException();
                    targets.Forget(piece.Number, target);
                }
                catch (TransientFault) when (pause?.IsPaused == true)
                {
                    // Nobody's fault: the connection did not outlast the pause. That is no attempt.
                }
            }
        }, cancellationToken);
    }
}
