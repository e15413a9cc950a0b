using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>POST /uploads/{id}/confirm</c></summary>
internal static class ConfirmUpload
{
    private const string RetryAfterSeconds = "1";

    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads)
    {
        if (!TokenOf.TryGet(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        var confirmed = await uploads.ConfirmAsync(uploadId, token, context.RequestAborted).ConfigureAwait(false);
        if (!confirmed.Succeeded)
            return Problems.From(confirmed.Error);

        var finished = confirmed.Value.Status.IsSettled();
        if (!finished)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ShowUpload.Answer(context, confirmed.Value, finished ? Status.Ok : Status.Accepted);
    }
}
