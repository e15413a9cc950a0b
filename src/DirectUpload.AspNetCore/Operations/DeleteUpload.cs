using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>DELETE /uploads/{id}</c>.</summary>
internal static class DeleteUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;
        var (reason, fault) = await ReadReasonAsync(context).ConfigureAwait(false);
        if (fault is not null)
            return Problems.From(fault);

        var ended = await uploads.DeleteAsync(
            uploadId, UploadAccess.FromToken(token).WithKnownUpload(context), reason, context.RequestAborted).ConfigureAwait(false);
        return ended.Succeeded ? Results.NoContent() : Problems.From(ended.Error);
    }

    private static async Task<(UploadError? Reason, BodyError? Fault)> ReadReasonAsync(HttpContext context)
    {
        if (!HasBody(context))
            return (null, null);
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, ContractJson.Default.DeleteBody, context.RequestAborted).ConfigureAwait(false);
        return (string.IsNullOrWhiteSpace(body?.Reason) ? null : new(UploadErrorCodes.ClientReported, body.Reason.Trim()), fault);
    }

    private static bool HasBody(HttpContext context) =>
        context.Request.ContentLength is { } length
            ? length > 0
            : context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
