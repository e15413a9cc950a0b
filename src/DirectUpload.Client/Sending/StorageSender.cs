using System.Net;
using DirectUpload.Client.Reading;
using DirectUpload.Client.Resilience;

namespace DirectUpload.Client.Sending;

/// <summary>Sends one part to storage, once, with only the headers that were signed.</summary>
internal sealed class StorageSender(HttpClient http, DirectUploadClientOptions options, TimeProvider clock)
{
    // Below this size, the extra round trip costs more than a refused body.
    private const long ExpectContinueThreshold = 1024 * 1024;

    /// <summary>Sends a part.</summary>
    /// <returns>The result, or the refusal of storage that a new signature may resolve.</returns>
    /// <exception cref="TransientFailureException">A retry may succeed.</exception>
    public async Task<(SendResult Answer, StorageErrorResponse? Refusal)> SendAsync(
        UploadTarget target, PartReader piece, TransferMeter meter, FileUploadPause? pause, CancellationToken cancellationToken)
    {
        using var attempt = new SendAttempt(meter, options.StallTimeout, clock, cancellationToken);
        using var body = new PartContent(piece, attempt, pause);
        var done = false;
        try
        {
            using var request = target.CreateRequest(body);
            // Storage can then refuse the request before the body is sent. Otherwise it closes the connection during the body, which looks
            // like a network error.
            request.Headers.ExpectContinue = piece.Length > ExpectContinueThreshold;
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token).ConfigureAwait(false);
            CheckOrigin(target, answer);
            if (answer.IsSuccessStatusCode)
            {
                done = true;
                return (SendResult.Stored, null);
            }

            return answer.StatusCode switch
            {
                HttpStatusCode.PreconditionFailed => (SendResult.AlreadyStored, null),
                HttpStatusCode.NotFound => (SendResult.UploadClosed, null),
                _ => (default, await HandleErrorAsync(answer, attempt.Token).ConfigureAwait(false)),
            };
        }
        catch (Exception) when (body.SourceError is { } fault)
        {
            throw fault as DirectUploadException
                ?? new DirectUploadException(FileUploadErrorCodes.SourceUnreadable, $"The source can't be read: {fault.Message}", fault);
        }
        catch (OperationCanceledException stalled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFailureException($"Storage accepted no bytes and did not respond for {options.StallTimeout}.", stalled);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new TransientFailureException($"The connection to storage failed: {broken.Message.TrimEnd('.')}.", broken);
        }
        finally
        {
            if (!done)
                attempt.Revert();
        }
    }

    // The registered client follows no redirects, but one that an application passes in may. The application has not signed for the server
    // that then responds.
    private static void CheckOrigin(UploadTarget target, HttpResponseMessage answer)
    {
        if (answer.RequestMessage?.RequestUri is { IsAbsoluteUri: true } answered && Uri.Compare(
            answered, new Uri(target.Url), UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new DirectUploadException(
                FileUploadErrorCodes.StorageRefused,
                $"Storage at {new Uri(target.Url).Host} redirected the file to {answered.Host}, for which the application has not signed. "
                + "The HTTP handler must not follow redirects.");
        }
    }

    private async Task<StorageErrorResponse> HandleErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var refusal = await StorageErrorResponse.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        if (refusal.IsTransient)
            throw new TransientFailureException(
                $"Storage responded with {refusal}.", null, DirectUpload.Client.Api.ErrorResponses.GetRetryAfter(answer.Headers, clock));
        return refusal.MayBeExpired ? refusal : throw refusal.ToException();
    }
}
