using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.Client.Application;

/// <summary>Calls the application's HTTP API, again when the answer was lost: none of its calls does harm twice.</summary>
internal sealed class ApplicationCalls(HttpClient http, DirectUploadClientOptions options, Retries retries, TimeProvider clock)
{
    private readonly string _address = options.ServerAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>An answer's body, when it was made by the server's own clock, and when to ask again if it said so.</summary>
    public readonly record struct Answer<T>(T Body, DateTimeOffset? At, TimeSpan? RetryAfter);

    /// <param name="method">The verb.</param>
    /// <param name="path">Below the server's address: empty, or <c>/ID/…</c>.</param>
    /// <param name="token">The upload's token; null where there is none yet.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="type">What to read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, string? token, Func<HttpContent>? body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        RunAsync(method, path, token, body, async (answer, stop) =>
        {
            var read = await answer.Content.ReadFromJsonAsync(type, stop).ConfigureAwait(false) ?? throw new JsonException("The answer is null.");
            return new Answer<T>(read, answer.Headers.Date, Answers.RetryAfter(answer.Headers, clock));
        }, cancellationToken);

    public Task DeleteAsync(string path, string token, CancellationToken cancellationToken) =>
        RunAsync(HttpMethod.Delete, path, token, body: null, static (_, _) => Task.FromResult(true), cancellationToken);

    private Task<T> RunAsync<T>(
        HttpMethod method, string path, string? token, Func<HttpContent>? body, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        retries.RunAsync(async stop =>
        {
            using var patience = new CancellationTokenSource(options.RequestTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            try
            {
                using var answer = await SendAsync(method, path, token, body, either.Token).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode)
                    await Answers.ThrowAsync(answer, clock, either.Token).ConfigureAwait(false);
                return await read(answer, either.Token).ConfigureAwait(false);
            }
            catch (Exception lost) when (IsOfTheNetwork(lost, stop))
            {
                throw new TransientFault(lost is OperationCanceledException ? $"The application gave no answer within {options.RequestTimeout}." : $"The application can't be reached: {lost.Message.TrimEnd('.')}.", lost);
            }
            catch (JsonException strange)
            {
                throw new DirectUploadException(UploadErrorCodes.UnexpectedAnswer, $"What answers at {_address} is no DirectUpload server: {strange.Message}", strange);
            }
        }, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, Func<HttpContent>? body, CancellationToken cancellationToken)
    {
        var address = new Uri(_address + path);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = body?.Invoke() };
            if (token is not null)
                request.Headers.Add("Upload-Token", token);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            try
            {
                Redirects.CheckAnswer(answer, address);
                if (redirects == Redirects.Most || Redirects.Next(answer, method, address) is not { } next)
                    return answer;
                address = next;
            }
            catch
            {
                answer.Dispose();
                throw;
            }

            answer.Dispose();
        }
    }

    private static bool IsOfTheNetwork(Exception exception, CancellationToken stop) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !stop.IsCancellationRequested);
}
