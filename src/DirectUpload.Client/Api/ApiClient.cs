using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DirectUpload.Client.Resilience;

namespace DirectUpload.Client.Api;

/// <summary>Calls the application's HTTP API and retries a call whose response was lost; every call is safe to repeat.</summary>
internal sealed class ApiClient(HttpClient http, DirectUploadClientOptions options, RetryPipeline retries, TimeProvider clock)
{
    private readonly string _address = options.ServerAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>Holds a response body, the server's time of the response, and the delay that the server requested.</summary>
    public readonly record struct ApiResponse<T>(T Body, DateTimeOffset? ServerTime, TimeSpan? RetryAfter);

    /// <summary>Sends a request and reads the response's body.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below the server's address: empty, <c>/ID/…</c>, or a query.</param>
    /// <param name="token">The upload's token, or null before the upload has one.</param>
    /// <param name="body">The request body, or null for none.</param>
    /// <param name="type">The JSON type of the response.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<ApiResponse<T>> SendAsync<T>(
        HttpMethod method, string path, string? token, Func<HttpContent>? body, JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        RunAsync(method, path, token, body, async (response, stop) =>
        {
            var read = await response.Content.ReadFromJsonAsync(type, stop).ConfigureAwait(false)
                ?? throw new JsonException("The response is null.");
            return new ApiResponse<T>(read, response.Headers.Date, ErrorResponses.GetRetryAfter(response.Headers, clock));
        }, cancellationToken);

    public Task DeleteAsync(string path, string token, Func<HttpContent>? body, CancellationToken cancellationToken) =>
        RunAsync(HttpMethod.Delete, path, token, body, static (_, _) => Task.FromResult(true), cancellationToken);

    private Task<T> RunAsync<T>(
        HttpMethod method, string path, string? token, Func<HttpContent>? body, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        retries.RunAsync(async stop =>
        {
            using var patience = new CancellationTokenSource(options.RequestTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            try
            {
                using var response = await SendAsync(method, path, token, body, either.Token).ConfigureAwait(false);
                if (!response.IsSuccessStatusCode)
                    await ErrorResponses.ThrowAsync(response, clock, either.Token).ConfigureAwait(false);
                return await read(response, either.Token).ConfigureAwait(false);
            }
            catch (Exception lost) when (IsNetworkError(lost, stop))
            {
                throw new TransientFailureException(
                    lost is OperationCanceledException
                        ? $"The application did not respond within {options.RequestTimeout}."
                        : $"The application can't be reached: {lost.Message.TrimEnd('.')}.",
                    lost);
            }
            catch (JsonException invalid)
            {
                throw new DirectUploadException(
                    FileUploadErrorCodes.UnexpectedResponse,
                    $"The server at {_address} did not respond as a DirectUpload server does: {invalid.Message}",
                    invalid);
            }
        }, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, Func<HttpContent>? body, CancellationToken cancellationToken)
    {
        var address = new Uri(_address + path);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = body?.Invoke() };
            if (token is not null)
                request.Headers.Add("Upload-Token", token);
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            try
            {
                RedirectPolicy.CheckResponse(response, address);
                if (redirects == RedirectPolicy.MaxRedirects || RedirectPolicy.GetNext(response, method, address) is not { } next)
                    return response;
                address = next;
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }
    }

    private static bool IsNetworkError(Exception exception, CancellationToken stop) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !stop.IsCancellationRequested);
}
