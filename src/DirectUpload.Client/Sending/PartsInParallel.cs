using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Sends pieces side by side; the first error stops all.</summary>
internal static class PartsInParallel
{
    public static async Task SendAsync(IPieces pieces, PieceSender sender, int inFlight, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable.Range(0, inFlight).Select(_ => SendAsync(pieces, sender, stop)).ToArray();
        var errors = Task.WhenAll(senders);
        await errors.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        // The others were only stopped by it.
        if (errors.Exception?.InnerExceptions.FirstOrDefault(error => error is not OperationCanceledException) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private static async Task SendAsync(IPieces pieces, PieceSender sender, CancellationTokenSource stop)
    {
        try
        {
            while (await pieces.TakeAsync(stop.Token).ConfigureAwait(false) is { } piece)
            {
                if (await sender.SendAsync(piece, stop.Token).ConfigureAwait(false) == StorageAnswer.Closed)
                    await stop.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // By another's error, by the caller, or because the upload takes no more.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
