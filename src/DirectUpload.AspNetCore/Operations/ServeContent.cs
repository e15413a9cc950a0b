using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>GET /uploads/{id}/content</c></summary>
internal static class ServeContent
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        // The address may hold a token, and the answer always holds a signed URL: neither may travel on or stay in a cache.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";

        var hasToken = TokenOf.TryGetFromHeaderOrQuery(context, out var sent, out var token);
        if (!sent && !await HostAuthorization.IsMetAsync(context).ConfigureAwait(false))
            return Problems.TokenMissing();
        if ((sent && !hasToken) || !UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();

        UploadResult<PresignedUrl> content;
        if (hasToken)
            content = await uploads.GetContentAsync(uploadId, token, context.RequestAborted).ConfigureAwait(false);
        else if (options.Owner(context) is { Length: > 0 } owner)
            content = await uploads.GetContentForOwnerAsync(uploadId, owner, context.RequestAborted).ConfigureAwait(false);
        else
            return Problems.NotFound();

        return content.Succeeded ? Results.Redirect(content.Value.Url) : Problems.From(content.Error);
    }
}
