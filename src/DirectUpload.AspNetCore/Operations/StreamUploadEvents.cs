using System.Globalization;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>
/// Handles <c>GET /uploads/{id}/events</c>, which streams a server-sent event for each status change. The events come from the store, so
/// that every instance can resume a stream.
/// </summary>
internal static class StreamUploadEvents
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads, EventStreamLimiter streams)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        if (!UploadTokenReader.TryReadFromHeaderOrQuery(context, out var sent, out var token))
            return sent ? Problems.NotFound() : Problems.TokenMissing();
        if (!UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();
        var access = UploadAccess.FromToken(token).WithKnownUpload(context);
        var found = await uploads.GetAsync(uploadId, access, context.RequestAborted).ConfigureAwait(false);
        if (!found.Succeeded)
            return Problems.From(found.Error);

        var after = GetLastEventTime(context.Request);
        // 204 stops an EventSource from reconnecting.
        if (found.Value.IsTerminal && found.Value.History[^1].At == after)
            return Results.NoContent();

        using var place = streams.TryAcquire(found.Value);
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.TooManyStreams();
        }

        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        return await EventStreamWriter.SendAsync(
            context,
            ending => uploads.WatchAsync(uploadId, access.For(found.Value), after, ending).Select(
                upload => EventStreamWriter.FormatStatus(upload, context.RequestServices, path, FormatEventId(upload))),
            (logger, failure) => logger.EventStreamFailed(failure, uploadId)).ConfigureAwait(false);
    }

    private static string FormatEventId(Upload upload) => upload.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? GetLastEventTime(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
