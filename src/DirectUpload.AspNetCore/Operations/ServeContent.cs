using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>GET /uploads/{id}/content</c>.</summary>
internal static class ServeContent
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, string id, IDirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        // The request URL may contain a token, and the response a signed URL: neither may reach another site or a cache.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);

        var hasToken = UploadTokenReader.TryReadFromHeaderOrQuery(context, out var sent, out var token);
        var (owner, refusal) = sent ? (null, null) : await OwnerAccess.FindAsync(context, options).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        if ((sent && !hasToken) || !UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();

        var variant = context.Request.Query["variant"] is [{ Length: > 0 } named] ? named : null;
        var access = (hasToken ? UploadAccess.FromToken(token) : UploadAccess.Owner(owner!)).WithKnownUpload(context);
        var wantsUrl = ContentNegotiation.PrefersJson(context.Request);
        if (options.ContentDelivery == ContentDelivery.Stream && !wantsUrl)
            return CreateStreamResult(
                context, await uploads.OpenReadAsync(uploadId, access, variant, context.RequestAborted).ConfigureAwait(false));

        var content = await uploads.CreateDownloadUrlAsync(uploadId, access, variant, context.RequestAborted).ConfigureAwait(false);
        if (!content.Succeeded)
            return Problems.From(content.Error);
        if (wantsUrl)
        {
            return options.ContentDelivery == ContentDelivery.Stream
                ? await CreateOwnUrlResultAsync(context, uploads, uploadId, hasToken ? token : null, variant).ConfigureAwait(false)
                : CreateUrlResult(content.Value.Url, content.Value.ExpiresAt.UtcDateTime);
        }

        // Not the framework's redirect result, which logs the URL with its signature.
        context.Response.Headers.Location = content.Value.Url;
        return Results.StatusCode(HttpStatus.Redirect);
    }

    private static IResult CreateUrlResult(string url, DateTime? expiresAt) =>
        JsonResponse.Create(new ContentUrlBody(url, expiresAt), ContractJson.Default.ContentUrlBody);

    // The URL of this endpoint. It contains the read token, as for an <img>, because the script calls it like a URL of storage.
    private static async Task<IResult> CreateOwnUrlResultAsync(
        HttpContext context, IDirectUploadService uploads, UploadId id, UploadToken? token, string? variant)
    {
        var query = new QueryBuilder();
        if (token is { } sent)
        {
            // A URL ends up in histories and logs, so it must not contain the right to delete.
            if ((await uploads.GetAsync(id, UploadAccess.WriteToken(sent), context.RequestAborted).ConfigureAwait(false)).Succeeded)
                return Problems.ReadTokenRequired();
            query.Add("token", sent.Value);
        }

        if (variant is not null)
            query.Add("variant", variant);
        return CreateUrlResult(
            (context.Request.PathBase + context.Request.Path).ToUriComponent() + query.ToQueryString().ToUriComponent(), expiresAt: null);
    }

    private static IResult CreateStreamResult(HttpContext context, UploadResult<UploadContent> opened)
    {
        if (!opened.Succeeded)
            return Problems.From(opened.Error);
        var content = opened.Value;
        context.Response.RegisterForDisposeAsync(content.Stream);
        var headers = context.Response.Headers;
        // Only the client may cache the content, and it revalidates each time, so that revoking the token ends access.
        headers.CacheControl = "private, no-cache";
        headers.ContentDisposition = content.ContentDisposition;
        headers.XContentTypeOptions = "nosniff";
        if (content.MayContainScript)
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // RFC 9110, 14.2: ignore a range in another unit than bytes. The framework treats every unit as bytes.
        if (!context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            context.Request.Headers.Remove(HeaderNames.Range);
        return new StreamedContentResult(
            Results.Stream(
                content.Stream, content.ContentType, lastModified: content.LastModified, entityTag: new EntityTagHeaderValue(content.ETag),
                enableRangeProcessing: true));
    }
}
