using System.Text;
using System.Text.Json;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>
/// Handles <c>GET /uploads/events</c>, which streams the status changes of many uploads. A browser opens at most six HTTP/1.1 connections
/// to a host, so a page with a stream for each upload blocks itself.
/// </summary>
internal static class StreamManyUploadEvents
{
    private static readonly string MustHaveIds =
        $"Send each upload's id as the query's id, at most {UploadEventFeed.MaxUploads} of them, and as many tokens in the same order: "
        + "in the header Upload-Token, separated by commas, or as the query's token. A signed-in owner sends no tokens.";

    public static async Task<IResult> HandleAsync(
        HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options, EventStreamLimiter streams)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        var ids = context.Request.Query["id"];
        var tokens = UploadTokenReader.ReadMany(context);
        if (ids.Count > UploadEventFeed.MaxUploads || (tokens.Count > 0 && tokens.Count != ids.Count))
            return Problems.InvalidRequest(MustHaveIds);
        var (owner, refusal) = tokens.Count > 0 ? (null, null) : await OwnerAccess.FindAsync(context, options).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        var cursor = EventCursor.Parse(
            context.Request.Headers["Last-Event-ID"], context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        return ids.Count == 0
            ? await StreamOwnerAsync(context, uploads, options, streams, owner!, cursor).ConfigureAwait(false)
            : await StreamAsync(context, uploads, options, streams, cursor, [.. ids.Select((id, index) => (
                id ?? string.Empty, tokens.Count > 0 ? tokens[index] : UploadAccess.Owner(owner!)))]).ConfigureAwait(false);
    }

    private static async Task<IResult> StreamAsync(
        HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options, EventStreamLimiter streams,
        EventCursor cursor, IReadOnlyList<(string Id, UploadAccess? Access)> requested)
    {
        var followed = new Dictionary<UploadId, (Upload Upload, UploadAccess Access)>();
        var refused = new List<string>();
        foreach (var (id, given) in requested)
        {
            if (given is { } access && UploadId.TryParse(id, out var uploadId)
                && (await uploads.GetAsync(uploadId, access, context.RequestAborted).ConfigureAwait(false)).TryGetValue(out var upload)
                && options.Serves(upload.Profile))
                followed.TryAdd(uploadId, (upload, access));
            else
                refused.Add(id);
        }

        if (followed.Count == 0)
            return Problems.NotFound();
        cursor.Keep(followed.Keys);
        // 204 stops an EventSource from reconnecting.
        if (followed.Values.All(item => item.Upload.IsTerminal && item.Upload.History[^1].At == cursor.Find(item.Upload.Id)))
            return Results.NoContent();
        using var place = streams.TryAcquire([.. followed.Values.Select(item => item.Upload)]);
        if (place is null)
            return RefuseStream(context);
        return await EventStreamWriter.SendAsync(
            context,
            ending => refused.Select(FormatRefusal).ToAsyncEnumerable().Concat(
                Format(context, cursor, new UploadEventFeed(uploads, cursor, ending).FollowAsync(followed.Values, ending))),
            (logger, failure) => logger.SharedEventStreamFailed(failure, followed.Count)).ConfigureAwait(false);
    }

    private static async Task<IResult> StreamOwnerAsync(
        HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options, EventStreamLimiter streams, string owner,
        EventCursor cursor)
    {
        using var place = streams.TryAcquireForOwner(owner);
        if (place is null)
            return RefuseStream(context);
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        return await EventStreamWriter.SendAsync(
            context,
            ending => Format(context, cursor, new UploadEventFeed(uploads, cursor, ending).FollowOwnerAsync(
                owner, upload => options.Serves(upload.Profile), clock, ending)),
            (logger, failure) => logger.SharedEventStreamFailed(failure, UploadEventFeed.MaxUploads)).ConfigureAwait(false);
    }

    private static IResult RefuseStream(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problems.TooManyStreams();
    }

    private static IAsyncEnumerable<byte[]> Format(
        HttpContext context, EventCursor cursor, IAsyncEnumerable<Upload> changes)
    {
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');
        var prefix = path[..path.LastIndexOf('/')];
        return changes.Select(
            upload => EventStreamWriter.FormatStatus(upload, context.RequestServices, $"{prefix}/{upload.Id}", cursor.Format()));
    }

    private static byte[] FormatRefusal(string id)
    {
        var body = new RefusedUploadBody(id, UploadErrorCodes.NotFound, Primitives.ErrorMessages.NotFound);
        return Encoding.UTF8.GetBytes(
            $"event: refused\ndata: {JsonSerializer.Serialize(body, ContractJson.Default.RefusedUploadBody)}\n\n");
    }
}
