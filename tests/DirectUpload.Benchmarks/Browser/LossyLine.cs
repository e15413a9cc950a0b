using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.Browser;

/// <summary>A line between the browser and storage that delays each request and resets some of them in the middle.</summary>
internal sealed class LossyLine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly Uri _storage;
    private Random _random = new(1);
    private long _received;

    private LossyLine(WebApplication app, Uri storage) => (_app, _storage) = (app, storage);

    public Uri Address => new(_app.Urls.First());

    /// <summary>The time that each request waits before storage gets it.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The share of the requests with a body whose connection is reset, 0 to 1.</summary>
    public double ResetShare { get; set; }

    /// <summary>The bytes of bodies that arrived since <see cref="Restart"/>.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _received);

    public static async Task<LossyLine> StartAsync(Uri storage)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var line = new LossyLine(builder.Build(), storage);
        line._app.Run(line.ForwardAsync);
        await line._app.StartAsync();
        return line;
    }

    /// <summary>Begins the same sequence of resets again, and counts from zero.</summary>
    public void Restart(int seed) => (_random, _received) = (new(seed), 0);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        await Task.Delay(Latency, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var length = context.Request.ContentLength ?? 0;
        try
        {
            if (length > 0 && DrawReset() is { } share)
            {
                await ReadAsync(context.Request.Body, (long)(length * share), context.RequestAborted);
                context.Abort();
                return;
            }

            await SendAsync(context, length);
        }
        catch (Exception broken) when (broken is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    // Requests of several connections share the sequence.
    private double? DrawReset()
    {
        lock (_http)
            return _random.NextDouble() < ResetShare ? _random.NextDouble() : null;
    }

    private async Task ReadAsync(Stream body, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0 && await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            Interlocked.Add(ref _received, read);
            length -= read;
        }
    }

    private async Task SendAsync(HttpContext context, long length)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var address = new Uri(
            _storage.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new(context.Request.Method), address);
        if (length > 0)
            request.Content = new StreamContent(context.Request.Body, 256 * 1024);
        foreach (var (name, value) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        Interlocked.Add(ref _received, length);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[name] = values.ToArray();
        if (answer.StatusCode != System.Net.HttpStatusCode.NoContent)
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
