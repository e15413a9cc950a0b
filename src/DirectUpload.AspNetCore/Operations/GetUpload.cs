using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>GET /uploads/{id}</c>.</summary>
internal static class GetUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        var found = await uploads.GetAsync(
            uploadId, UploadAccess.FromToken(token).WithKnownUpload(context), context.RequestAborted).ConfigureAwait(false);
        if (!found.TryGetValue(out var upload, out var error))
            return Problems.From(error);
        // The record is not read again.
        var write = await uploads.GetAsync(
            uploadId, UploadAccess.WriteToken(token).For(upload), context.RequestAborted).ConfigureAwait(false);
        return CreateResponse(context, upload, HttpStatus.Ok, showsAssociation: write.Succeeded);
    }

    public static IResult CreateResponse(HttpContext context, Upload upload, int status, bool showsAssociation)
    {
        context.Response.Headers.CacheControl = "no-store";
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        var body = UploadStatusBody.From(upload, path, context.RequestServices);
        return JsonResponse.Create(
            showsAssociation ? body.WithAssociation(upload) : body, ContractJson.Default.UploadStatusBody, status);
    }
}
