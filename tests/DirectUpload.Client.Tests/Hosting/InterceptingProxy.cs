using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>
/// Stands before a server, keeps what passes, and lets the test meddle. The Host header stays as it was sent, for it is signed.
/// </summary>
internal sealed class InterceptingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly Uri _target;
    private int _activeRequests;

    private InterceptingProxy(WebApplication app, Uri target) => (_app, _target) = (app, target);

    public Uri Endpoint => new(_app.Urls.First());

    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>How many requests have not ended, neither with an answer nor with a closed connection.</summary>
    public int ActiveRequests => Volatile.Read(ref _activeRequests);

    /// <summary>Looks at each request before it is passed on; true when it has answered itself.</summary>
    public Func<HttpContext, RecordedRequest, Task<bool>> OnRequest { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Looks at each answer before it is given; true when it has done something else.</summary>
    public Func<HttpContext, RecordedRequest, Task<bool>> OnResponse { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<InterceptingProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var front = new InterceptingProxy(app, target);
        app.Run(front.HandleAsync);
        await app.StartAsync();
        return front;
    }

    /// <summary>The parts that arrived, by number, each as often as it was sent.</summary>
    public IReadOnlyList<int> StoredParts => [.. Requests.Where(request => request is { PartNumber: not null, Status: 200 })
        .Select(request => request.PartNumber!.Value).Order()];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _activeRequests);
        try
        {
            await ForwardAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _activeRequests);
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var request = context.Request;
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var passed = new RecordedRequest(
            request.Method, request.Path.Value!, request.QueryString.Value!,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        Requests.Enqueue(passed);
        if (await OnRequest(context, passed))
            return;

        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_target, $"{request.Path.ToUriComponent()}{request.QueryString}"));
        if (request.ContentLength is not null)
            message.Content = new StreamContent(request.Body);
        foreach (var (name, value) in request.Headers.Where(header => header.Key != "Expect"))
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value);
        }

        using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        passed.Status = (int)answer.StatusCode;
        if (await OnResponse(context, passed))
            return;
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
            context.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}

internal sealed record RecordedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers)
{
    public int Status { get; set; }

    public int? PartNumber => System.Web.HttpUtility.ParseQueryString(Query)["partNumber"] is { } number ? int.Parse(number) : null;
}
