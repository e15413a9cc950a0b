using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DirectUpload.Observers;
using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>Tells the application's webhook. What it does not take it is told again, as every observer is.</summary>
internal sealed class WebhookObserver(WebhookOptions options, IReadOnlyList<byte[]> keys, IHttpClientFactory clients, TimeProvider clock) : IUploadObserver
{
    /// <summary>The name of the client that delivers.</summary>
    public const string Client = "DirectUpload.Webhooks";

    public Task ConfirmedAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("confirmed", UploadStatus.Uploaded, upload, cancellationToken);

    public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("ready", UploadStatus.Ready, upload, cancellationToken);

    public Task RejectedAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("rejected", UploadStatus.Rejected, upload, cancellationToken);

    public Task FailedAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("failed", UploadStatus.Failed, upload, cancellationToken);

    public Task ExpiredAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("expired", UploadStatus.Expired, upload, cancellationToken);

    public Task AbortedAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("aborted", UploadStatus.Aborted, upload, cancellationToken);

    public Task DeletedAsync(UploadRecord upload, CancellationToken cancellationToken) => SendAsync("deleted", UploadStatus.Deleted, upload, cancellationToken);

    private async Task SendAsync(string step, UploadStatus status, UploadRecord upload, CancellationToken cancellationToken)
    {
        var taken = StepOf(upload, status);
        var body = JsonSerializer.SerializeToUtf8Bytes(new WebhookMessage($"upload.{step}", taken.UtcDateTime, WebhookUpload.From(upload)), WebhookJson.Default.WebhookMessage);
        // The same for every try, so that the receiver knows a message that comes twice; the time is that of the try.
        var id = string.Create(CultureInfo.InvariantCulture, $"{upload.Id}.{step}.{taken.UtcTicks}");
        var time = WebhookSignature.TimeOf(clock.GetUtcNow());

        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var message = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add(WebhookSignature.IdHeader, id);
        message.Headers.Add(WebhookSignature.TimeHeader, time);
        message.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Of(keys, id, time, body));
        using var client = clients.CreateClient(Client);
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ending.Token).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"The webhook {options.Name} answered {(int)answer.StatusCode} instead of 2xx.", null, answer.StatusCode);
    }

    // The first such step that it was not told of.
    private DateTimeOffset StepOf(UploadRecord upload, UploadStatus status)
    {
        var until = upload.Told.FirstOrDefault(told => told.Observer == options.Name)?.Until ?? DateTimeOffset.MinValue;
        return upload.Audit.Transitions.First(step => step.Status == status && step.At > until).At;
    }
}
