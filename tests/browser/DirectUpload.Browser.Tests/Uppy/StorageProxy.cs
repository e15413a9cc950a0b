using System.Collections.Concurrent;
using DirectUpload.TestKit;
using DirectUpload.TestKit.Integrity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Where the browser's bytes go through on their way to S3: it counts what storage took, and shuts as a network does.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentDictionary<int, int> _taken = [];
    private CancellationTokenSource _open = new();
    private int _waiting;
    private Func<int, Task> _before = static _ => Task.CompletedTask;

    private StorageProxy(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>How often storage has taken each part.</summary>
    public IReadOnlyDictionary<int, int> StoredPartCounts => _taken;

    /// <summary>The bit that is flipped in the bytes from the browser; null for none.</summary>
    public BitFlip? Flip { get; set; }

    /// <summary>How many requests wait at the door whose senders have not gone.</summary>
    public int WaitingRequests => Volatile.Read(ref _waiting);

    public static async Task<StorageProxy> StartAsync(S3ServerFixture server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var door = new StorageProxy(builder.Build());
        door._app.Run(context => door.ForwardAsync(context, server.Endpoint));
        await door._app.StartAsync();
        return door;
    }

    /// <summary>From this part on, bytes wait at the door until the result is disposed of.</summary>
    public IDisposable HoldParts(int firstPart)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _before = part => part >= firstPart ? released.Task : Task.CompletedTask;
        return new Release(released);
    }

    /// <summary>The first time that this part comes, it takes so long to get to storage.</summary>
    public void DelayOnce(int part, TimeSpan time)
    {
        var left = 1;
        _before = arrived => arrived == part && Interlocked.Decrement(ref left) == 0 ? Task.Delay(time) : Task.CompletedTask;
    }

    /// <summary>Breaks every connection, and those to come.</summary>
    public void Disconnect() => _open.Cancel();

    public void Reconnect() => _open = new();

    public async ValueTask DisposeAsync()
    {
        await _open.CancelAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, string storage)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _open.Token);
        try
        {
            var part = HttpMethods.IsPut(context.Request.Method) && QueryHelpers.ParseQuery(context.Request.QueryString.Value)
                .TryGetValue("partNumber", out var number) ? int.Parse(number!) : 0;
            // Taken in whole: a server that does not read does not see its client go.
            Flip?.Apply(context.Request, UppyHost.PartSize);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, ended.Token);
            await WaitAsync(part, ended.Token);
            using var answer = await _http.SendAsync(
                Copy(context.Request, body.ToArray(), storage), HttpCompletionOption.ResponseHeadersRead, ended.Token);
            if (answer.IsSuccessStatusCode)
                _taken.AddOrUpdate(part, 1, (_, count) => count + 1);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
                context.Response.Headers[name] = values.ToArray();
            await answer.Content.CopyToAsync(context.Response.Body, ended.Token);
        }
        catch (Exception broken) when (broken is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private async Task WaitAsync(int part, CancellationToken ended)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _before(part).WaitAsync(ended);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    // To the letter, the Host header as well: all of it is signed.
    private static HttpRequestMessage Copy(HttpRequest request, byte[] body, string storage)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var copy = new HttpRequestMessage(
            new(request.Method), new Uri(storage + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body.Length > 0)
            copy.Content = new ByteArrayContent(body);
        foreach (var (name, value) in request.Headers)
        {
            if (!copy.Headers.TryAddWithoutValidation(name, value.ToArray()) && copy.Content is not null)
                copy.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        return copy;
    }

    private sealed class Release(TaskCompletionSource released) : IDisposable
    {
        public void Dispose() => released.TrySetResult();
    }
}
