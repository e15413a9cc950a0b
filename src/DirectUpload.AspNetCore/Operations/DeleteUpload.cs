using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>DELETE /uploads/{id}</c></summary>
internal static class DeleteUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads)
    {
        if (!TokenOf.TryGet(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        var ended = await uploads.DeleteAsync(uploadId, token, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return ended.Succeeded ? Results.NoContent() : Problems.From(ended.Error);
    }
}
