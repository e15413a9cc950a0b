using System.Globalization;
using System.Text;
using System.Text.Json;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>GET /uploads/{id}/events</c>: server-sent events, one for each change of status, from the store, so that any instance can go on where another was.</summary>
/// <remarks>Source: https://html.spec.whatwg.org/multipage/server-sent-events.html</remarks>
internal static class FollowUpload
{
    /// <summary>Proxies end a connection that is silent for long; 15 seconds is what the specification advises.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Then the client comes back, and shows its token anew.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly byte[] Begin = "retry: 2000\n\n"u8.ToArray();
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads, EventStreams streams)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        if (!TokenOf.TryGetFromHeaderOrQuery(context, out var sent, out var token))
            return sent ? Problems.NotFound() : Problems.TokenMissing();
        if (!UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();
        var found = await uploads.GetAsync(uploadId, token, context.RequestAborted).ConfigureAwait(false);
        if (!found.Succeeded)
            return Problems.From(found.Error);

        var after = LastSeen(context.Request);
        // To an EventSource this says: do not come back.
        if (found.Value.Status.IsSettled() && found.Value.Audit.Transitions[^1].At == after)
            return Results.NoContent();

        using var place = streams.TryOpen(found.Value);
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.TooManyStreams();
        }

        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        using var time = new CancellationTokenSource(Longest, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, time.Token, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await WriteAsync(context, Begin, ending.Token).ConfigureAwait(false);
            await SendAsync(context, uploads, uploads.FollowRecordAsHostAsync(found.Value, after, ending.Token), clock, ending.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The client has gone, its time is over, the host stops, or the store is out: it comes back, and misses nothing.
        }

        return Results.Empty;
    }

    private static async Task SendAsync(HttpContext context, DirectUploadService uploads, IAsyncEnumerable<UploadChange> changes, TimeProvider clock, CancellationToken cancellationToken)
    {
        var each = changes.GetAsyncEnumerator(cancellationToken);
        await using (each.ConfigureAwait(false))
        {
            for (var next = each.MoveNextAsync().AsTask(); ; next = each.MoveNextAsync().AsTask())
            {
                while (await Task.WhenAny(next, Task.Delay(Silence, clock, cancellationToken)).ConfigureAwait(false) != next && !cancellationToken.IsCancellationRequested)
                    await WriteAsync(context, Alive, cancellationToken).ConfigureAwait(false);
                if (!await next.ConfigureAwait(false))
                    return;
                await WriteAsync(context, Event(each.Current, uploads, (context.Request.PathBase + context.Request.Path).ToUriComponent()), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Event(UploadChange change, DirectUploadService uploads, string path)
    {
        var shown = UploadStatusBody.From(change.Record, path, uploads.PublicAddressOf(change.Record));
        if (change.Step != change.Record.Audit.Transitions[^1])
            shown = shown with { Status = change.Step.Status.ToJson(), UpdatedAt = change.Step.At.UtcDateTime, Error = null, Variants = null, ContentUrl = null };
        var json = JsonSerializer.Serialize(shown, ContractJson.Default.UploadStatusBody);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {change.Step.At.UtcTicks}\ndata: {json}\n\n"));
    }

    private static DateTimeOffset? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    private static async Task WriteAsync(HttpContext context, byte[] bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
