using System.Text;
using System.Text.Json;
using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Writes a stream of server-sent events, and keeps its connection alive between them.</summary>
/// <remarks>Source: https://html.spec.whatwg.org/multipage/server-sent-events.html</remarks>
internal static class EventStreamWriter
{
    /// <summary>The interval of keep-alive messages. Proxies close idle connections; the specification recommends 15 seconds.</summary>
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    /// <summary>The time after which the stream ends, so that the client reconnects and sends its token again.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(5);

    private static readonly byte[] RetryMessage = "retry: 2000\n\n"u8.ToArray();
    private static readonly byte[] KeepAliveMessage = ":\n\n"u8.ToArray();

    /// <summary>Sends messages until they end, the client disconnects, the time is over or the host stops.</summary>
    /// <param name="context">The request.</param>
    /// <param name="start">Starts the messages; the token cancels them.</param>
    /// <param name="logFailure">Logs an unexpected end.</param>
    public static async Task<IResult> SendAsync(
        HttpContext context, Func<CancellationToken, IAsyncEnumerable<byte[]>> start, Action<ILogger, Exception> logFailure)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        using var time = new CancellationTokenSource(MaxDuration, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, time.Token, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await WriteAsync(context, RetryMessage, ending.Token).ConfigureAwait(false);
            await SendAsync(context, start(ending.Token), clock, ending.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // A disconnected client, the end of the stream and a stopping host are expected. After any failure the client reconnects and
            // misses nothing.
            if (!ending.IsCancellationRequested)
            {
                logFailure(
                    context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore.Events"), failure);
            }
        }
        finally
        {
            // What still watches uploads for this stream ends with it.
            await ending.CancelAsync().ConfigureAwait(false);
        }

        return Results.Empty;
    }

    /// <summary>Formats the status of an upload as a message.</summary>
    /// <param name="upload">The upload after a transition.</param>
    /// <param name="services">The services of the request.</param>
    /// <param name="path">The path of one of the upload's endpoints.</param>
    /// <param name="eventId">The id with which the client resumes after this message.</param>
    public static byte[] FormatStatus(Upload upload, IServiceProvider services, string path, string eventId)
    {
        var shown = UploadStatusBody.From(upload, path, services);
        // The content of an earlier event no longer exists if the upload was deleted since.
        if (upload.UpdatedAt != upload.History[^1].At)
            shown = shown with { Error = null, Variants = null, Properties = null, ContentUrl = null };
        return Encoding.UTF8.GetBytes(
            $"id: {eventId}\ndata: {JsonSerializer.Serialize(shown, ContractJson.Default.UploadStatusBody)}\n\n");
    }

    private static async Task SendAsync(
        HttpContext context, IAsyncEnumerable<byte[]> messages, TimeProvider clock, CancellationToken cancellationToken)
    {
        var each = messages.GetAsyncEnumerator(cancellationToken);
        await using (each.ConfigureAwait(false))
        {
            for (var next = each.MoveNextAsync().AsTask(); ; next = each.MoveNextAsync().AsTask())
            {
                while (await Task.WhenAny(next, Task.Delay(KeepAliveInterval, clock, cancellationToken)).ConfigureAwait(false) != next
                    && !cancellationToken.IsCancellationRequested)
                    await WriteAsync(context, KeepAliveMessage, cancellationToken).ConfigureAwait(false);
                if (!await next.ConfigureAwait(false))
                    return;
                await WriteAsync(context, each.Current, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
