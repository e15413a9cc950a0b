using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>GET /uploads/{id}/content</c></summary>
internal static class ServeContent
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        // The address may hold a token, and the answer may hold a signed URL: neither may travel on or stay in a cache.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";

        var hasToken = TokenOf.TryGetFromHeaderOrQuery(context, out var sent, out var token);
        if (!sent && await HostAuthorization.DecideAsync(context).ConfigureAwait(false) != Admission.Granted)
            return Problems.TokenMissing();
        if ((sent && !hasToken) || !UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();
        var caller = hasToken ? null : RequestUpload.Caller(context, options);
        if (caller?.FindOwnerFault() is { } ownerless)
            return Problems.From(ownerless);
        var owner = caller?.Owner;
        if (!hasToken && owner is null)
            return Problems.NotFound();

        var variant = context.Request.Query["variant"] is [{ Length: > 0 } named] ? named : null;
        if (options.Content == ContentDelivery.Proxy)
        {
            return Send(context, hasToken
                ? await uploads.OpenContentAsync(uploadId, token, variant, context.RequestAborted).ConfigureAwait(false)
                : await uploads.OpenContentForOwnerAsync(uploadId, owner!, variant, context.RequestAborted).ConfigureAwait(false));
        }

        var content = hasToken
            ? await uploads.GetContentAsync(uploadId, token, variant, context.RequestAborted).ConfigureAwait(false)
            : await uploads.GetContentForOwnerAsync(uploadId, owner!, variant, context.RequestAborted).ConfigureAwait(false);
        if (!content.Succeeded)
            return Problems.From(content.Error);
        // Not the framework's redirect, which writes the address, signature included, to the log.
        context.Response.Headers.Location = content.Value.Url;
        return Results.StatusCode(Status.Redirect);
    }

    private static IResult Send(HttpContext context, UploadResult<OpenContent> opened)
    {
        if (!opened.Succeeded)
            return Problems.From(opened.Error);
        var content = opened.Value;
        context.Response.RegisterForDisposeAsync(content.Stream);
        var headers = context.Response.Headers;
        // Kept by the client alone, and asked for anew each time: a token that was revoked ends it.
        headers.CacheControl = "private, no-cache";
        headers.ContentDisposition = content.Disposition;
        headers.XContentTypeOptions = "nosniff";
        if (content.MayCarryScript)
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // RFC 9110, 14.2: what is no range of bytes is ignored; the framework takes any unit for bytes.
        if (!context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            context.Request.Headers.Remove(HeaderNames.Range);
        return new SentContent(
            Results.Stream(content.Stream, content.ContentType, lastModified: content.LastModified, entityTag: new EntityTagHeaderValue(content.ETag), enableRangeProcessing: true));
    }
}
