using System.Net;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Sends one piece to storage, once, with nothing of the application's or the host's but what was signed.</summary>
internal sealed class StorageSender(HttpClient http, DirectUploadClientOptions options, TimeProvider clock)
{
    // Below it, asking first costs more than sending in vain.
    private const long WorthAsking = 1024 * 1024;

    /// <returns>What became of it; or why storage refused it, when another signature may mend that.</returns>
    /// <exception cref="TransientFault">Another try may help.</exception>
    public async Task<(StorageAnswer Answer, StorageRefusal? Refusal)> SendAsync(SendTarget target, Piece piece, TransferMeter meter, UploadPause? pause, CancellationToken cancellationToken)
    {
        using var attempt = new Attempt(meter, options.StallTimeout, clock, cancellationToken);
        using var body = new PieceContent(piece, attempt, pause);
        var done = false;
        try
        {
            using var request = target.Request(body);
            // Storage then says no before the bytes are sent, instead of cutting the connection in the middle of them, which would look like a fault of the network.
            request.Headers.ExpectContinue = piece.Length > WorthAsking;
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Ended).ConfigureAwait(false);
            CheckOrigin(target, answer);
            if (answer.IsSuccessStatusCode)
            {
                done = true;
                return (StorageAnswer.Stored, null);
            }

            return answer.StatusCode switch
            {
                HttpStatusCode.PreconditionFailed => (StorageAnswer.ThereAlready, null),
                HttpStatusCode.NotFound => (StorageAnswer.Closed, null),
                _ => (default, await RefusedAsync(answer, attempt.Ended).ConfigureAwait(false)),
            };
        }
        catch (Exception) when (body.SourceFault is { } fault)
        {
            throw fault as DirectUploadException ?? new DirectUploadException(UploadErrorCodes.SourceUnreadable, $"The source can't be read: {fault.Message}", fault);
        }
        catch (OperationCanceledException stalled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFault($"Storage took nothing, and said nothing, for {options.StallTimeout}.", stalled);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new TransientFault($"The connection to storage failed: {broken.Message.TrimEnd('.')}.", broken);
        }
        finally
        {
            if (!done)
                attempt.Undo();
        }
    }

    // The registered client follows no redirects; one that an application passes in may. What answers then is not the storage that the application has signed for.
    private static void CheckOrigin(SendTarget target, HttpResponseMessage answer)
    {
        if (answer.RequestMessage?.RequestUri is { IsAbsoluteUri: true } answered && Uri.Compare(answered, new Uri(target.Url), UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new DirectUploadException(UploadErrorCodes.StorageRefused, $"Storage at {new Uri(target.Url).Host} redirected the file to {answered.Host}, which the application has not signed for. The HTTP handler must not follow redirects.");
    }

    private async Task<StorageRefusal> RefusedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var refusal = await StorageRefusal.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        if (refusal.MayPass)
            throw new TransientFault($"Storage answered {refusal}.", null, Application.Answers.RetryAfter(answer.Headers, clock));
        return refusal.MayBeExpired ? refusal : throw refusal.ToException();
    }
}
