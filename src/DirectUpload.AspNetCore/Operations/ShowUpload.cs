using DirectUpload.AspNetCore.Contract;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>GET /uploads/{id}</c></summary>
internal static class ShowUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads)
    {
        if (!TokenOf.TryGet(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        var found = await uploads.GetAsync(uploadId, token, context.RequestAborted).ConfigureAwait(false);
        return found.Succeeded ? Answer(context, uploads, found.Value, Status.Ok) : Problems.From(found.Error);
    }

    public static IResult Answer(HttpContext context, DirectUploadService uploads, UploadRecord record, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        return Results.Json(UploadStatusBody.From(record, path, uploads.PublicAddressOf(record)), ContractJson.Default.UploadStatusBody, statusCode: status);
    }
}
