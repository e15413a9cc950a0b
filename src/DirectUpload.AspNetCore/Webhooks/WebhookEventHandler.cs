using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DirectUpload.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>
/// Event handler that posts notifications to a webhook. The worker repeats a failed delivery, as it does for every event handler.
/// </summary>
internal sealed class WebhookEventHandler(
    string name, WebhookOptions options, IReadOnlyList<byte[]> keys, IHttpClientFactory clients, TimeProvider clock) : IUploadEventHandler
{
    /// <summary>The name of the HTTP client that delivers.</summary>
    public const string HttpClientName = "DirectUpload.Webhooks";

    public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("confirmed", upload, cancellationToken);

    public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("ready", upload, cancellationToken);

    public Task OnRejectedAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("rejected", upload, cancellationToken);

    public Task OnFailedAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("failed", upload, cancellationToken);

    public Task OnExpiredAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("expired", upload, cancellationToken);

    public Task OnAbortedAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("aborted", upload, cancellationToken);

    public Task OnDeletedAsync(Upload upload, CancellationToken cancellationToken) => SendAsync("deleted", upload, cancellationToken);

    private async Task SendAsync(string step, Upload upload, CancellationToken cancellationToken)
    {
        var taken = upload.TransitionAt ?? upload.UpdatedAt;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage($"upload.{step}", taken.UtcDateTime, WebhookUpload.From(upload)), WebhookJson.Default.WebhookMessage);
        // The id is the same for every attempt, so that the receiver detects duplicates; the time is that of the attempt.
        var id = string.Create(CultureInfo.InvariantCulture, $"{upload.Id}.{step}.{taken.UtcTicks}");
        var time = WebhookSignature.FormatTimestamp(clock.GetUtcNow());

        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var message = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add(WebhookSignature.IdHeader, id);
        message.Headers.Add(WebhookSignature.TimestampHeader, time);
        message.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Create(keys, id, time, body));
        using var client = clients.CreateClient(HttpClientName);
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ending.Token).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"The webhook \"{name}\" answered {(int)answer.StatusCode} instead of 2xx.", null, answer.StatusCode);
    }
}
