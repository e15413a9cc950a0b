using System.Collections.Concurrent;
using DirectUpload.TestKit;
using DirectUpload.TestKit.Integrity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>
/// A proxy before an S3 server that forwards bytes as they come, counts them, and fails as networks and storage do: with cuts, delays and
/// answers of 503.
/// </summary>
internal sealed class FaultyStorage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentDictionary<string, int> _stored = [];
    private CancellationTokenSource _line = new();
    private Func<HttpRequest, Task> _before = static _ => Task.CompletedTask;
    private int _unavailable;
    private int _storedWithSha256;
    private long _received;

    private FaultyStorage(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>The bytes of files that arrived from the browser, also of requests that failed.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _received);

    /// <summary>How often storage accepted each object and each part; the keys are paths with part numbers.</summary>
    public IReadOnlyDictionary<string, int> Stored => _stored;

    /// <summary>How many requests storage accepted with the SHA-256 of their bytes.</summary>
    public int StoredWithSha256 => _storedWithSha256;

    /// <summary>The bit that is flipped in the bytes from the browser; null for none.</summary>
    public BitFlip? Flip { get; set; }

    public static async Task<FaultyStorage> StartAsync(S3ServerFixture server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var storage = new FaultyStorage(builder.Build());
        storage._app.Run(context => storage.ForwardAsync(context, server.Endpoint));
        await storage._app.StartAsync();
        return storage;
    }

    /// <summary>Breaks every connection, and those to come, until <see cref="Reconnect"/>.</summary>
    public void Disconnect() => _line.Cancel();

    public void Reconnect() => _line = new();

    /// <summary>Answers the next requests that bring bytes with 503, as S3 does when it is busy.</summary>
    public void AnswerUnavailable(int count) => _unavailable = count;

    /// <summary>From this part on, requests wait until the result is disposed of. A file in one piece is part 0.</summary>
    public IDisposable Hold(int firstPart = 0)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _before = request => GetPart(request) >= firstPart ? released.Task : Task.CompletedTask;
        return new Release(() => released.TrySetResult());
    }

    /// <summary>As <see cref="Hold"/>, but at the end the connections of the waiting requests break: their bytes never arrive.</summary>
    /// <remarks>A browser that cancels a request may have sent all its bytes before.</remarks>
    public IDisposable HoldAndDrop(int firstPart)
    {
        var dropped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _before = request => GetPart(request) >= firstPart ? dropped.Task : Task.CompletedTask;
        return new Release(() =>
        {
            _before = static _ => Task.CompletedTask;
            dropped.TrySetCanceled();
        });
    }

    /// <summary>Delays one request that brings bytes.</summary>
    public void DelayOnce(TimeSpan time)
    {
        var left = 1;
        _before = _ => Interlocked.Decrement(ref left) == 0 ? Task.Delay(time) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _line.CancelAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private static int GetPart(HttpRequest request) =>
        QueryHelpers.ParseQuery(request.QueryString.Value).TryGetValue("partNumber", out var number) ? int.Parse(number!) : 0;

    private async Task ForwardAsync(HttpContext context, string storage)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _line.Token);
        try
        {
            ended.Token.ThrowIfCancellationRequested();
            if (HttpMethods.IsPut(context.Request.Method) || HttpMethods.IsPost(context.Request.Method))
                await ReceiveAsync(context, storage, ended.Token);
            else
                await SendAsync(context, storage, content: null, static () => { }, ended.Token);
        }
        catch (Exception broken) when (broken is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private async Task ReceiveAsync(HttpContext context, string storage, CancellationToken ended)
    {
        await _before(context.Request).WaitAsync(ended);
        if (Interlocked.Decrement(ref _unavailable) >= 0)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, ended);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await context.Response.WriteAsync("<Error><Code>SlowDown</Code></Error>", ended);
            return;
        }

        Flip?.Apply(context.Request, ClientHost.PartSize);
        using var content = new StreamContent(new CountingStream(context.Request.Body, count => Interlocked.Add(ref _received, count)));
        var stored = $"{context.Request.Path}#{GetPart(context.Request)}";
        // What storage has received completely is counted, also if the browser has gone in the meantime: only a broken line ends the call.
        await SendAsync(context, storage, content, OnStored, _line.Token);

        void OnStored()
        {
            _stored.AddOrUpdate(stored, 1, (_, count) => count + 1);
            if (context.Request.Headers.ContainsKey("x-amz-checksum-sha256"))
                Interlocked.Increment(ref _storedWithSha256);
        }
    }

    private async Task SendAsync(HttpContext context, string storage, HttpContent? content, Action onSuccess, CancellationToken ended)
    {
        using var request = Copy(context.Request, content, storage);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended);
        if (answer.IsSuccessStatusCode)
            onSuccess();
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[name] = values.ToArray();
        if (answer.StatusCode != System.Net.HttpStatusCode.NoContent)
            await answer.Content.CopyToAsync(context.Response.Body, ended);
    }

    // All headers as they are, also Host: they are signed.
    private static HttpRequestMessage Copy(HttpRequest request, HttpContent? content, string storage)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var copy = new HttpRequestMessage(
            new(request.Method), new Uri(storage + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = content,
        };
        foreach (var (name, value) in request.Headers)
        {
            if (!copy.Headers.TryAddWithoutValidation(name, value.ToArray()))
                content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        return copy;
    }

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
