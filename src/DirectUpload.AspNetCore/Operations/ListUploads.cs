using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>GET /uploads</c>, which lists uploads of the signed-in owner and of no other one.</summary>
internal static class ListUploads
{
    // The endpoints may serve few of the owner's profiles. The next page then continues where this one stopped.
    private const int MaxRead = 1000;

    public static async Task<IResult> HandleAsync(HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (owner, refusal) = await OwnerAccess.FindSignedInAsync(context, options).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        if (!UploadListQuery.TryRead(context.Request.Query, owner!, out var query, out var error))
            return Problems.InvalidRequest(error);

        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');
        var page = new List<UploadStatusBody>();
        var (read, last, next) = (0, default(UploadId), default(UploadId?));
        await foreach (var upload in uploads.ListAsync(query.Filter, context.RequestAborted).ConfigureAwait(false))
        {
            if (page.Count == query.Limit || read == MaxRead)
            {
                next = last;
                break;
            }

            (read, last) = (read + 1, upload.Id);
            if (options.Serves(upload.Profile))
                page.Add(UploadStatusBody.From(upload, $"{path}/{upload.Id}", context.RequestServices).WithAssociation(upload));
        }

        return Results.Json(new UploadListBody(page, next?.ToString()), ContractJson.Default.UploadListBody);
    }
}
