using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Sends parts in parallel; the first error stops all.</summary>
internal static class ParallelPartSender
{
    public static async Task SendAsync(IPartSource pieces, PartSender sender, int inFlight, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable.Range(0, inFlight).Select(_ => SendAsync(pieces, sender, stop)).ToArray();
        var errors = Task.WhenAll(senders);
        await errors.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        // The other senders were only canceled by the first error.
        if (errors.Exception?.InnerExceptions.FirstOrDefault(error => error is not OperationCanceledException) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private static async Task SendAsync(IPartSource pieces, PartSender sender, CancellationTokenSource stop)
    {
        try
        {
            while (await pieces.TakeNextAsync(stop.Token).ConfigureAwait(false) is { } piece)
            {
                if (await sender.SendAsync(piece, stop.Token).ConfigureAwait(false) == SendResult.UploadClosed)
                    await stop.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another sender's error, the caller, or the closed upload has canceled this sender.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
