using DirectUpload.AspNetCore.Bodies;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>POST /uploads/{id}/confirm</c></summary>
internal static class ConfirmUpload
{
    private const string RetryAfterSeconds = "1";

    public static async Task<IResult> HandleAsync(HttpContext context, string id, DirectUploadService uploads)
    {
        if (!TokenOf.TryGet(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        IReadOnlyDictionary<int, string>? sent = null;
        if (HasBody(context))
        {
            // The token first: a body is read only for the upload's own client.
            var opened = await uploads.CheckWriteTokenAsync(uploadId, token, context.RequestAborted).ConfigureAwait(false);
            if (!opened.Succeeded)
                return Problems.From(opened.Error);
            (sent, var fault) = await ReadSentAsync(context).ConfigureAwait(false);
            if (fault is not null)
                return Problems.From(fault);
        }

        var confirmed = await uploads.ConfirmPartsAsync(uploadId, token, sent, context.RequestAborted).ConfigureAwait(false);
        if (!confirmed.Succeeded)
            return Problems.From(confirmed.Error);

        var finished = confirmed.Value.Status.IsSettled();
        if (!finished)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ShowUpload.Answer(context, uploads, confirmed.Value, finished ? Status.Ok : Status.Accepted);
    }

    // A body is for parts; a client that has none to name may leave it out.
    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && context.Request.ContentLength != 0 && context.Request.HasJsonContentType();

    private static async Task<(IReadOnlyDictionary<int, string>? Sent, BodyFault? Fault)> ReadSentAsync(HttpContext context)
    {
        var (body, fault) = await JsonBody.ReadAsync(context.Request, ContractJson.Default.ConfirmBody, context.RequestAborted, JsonBody.ForParts).ConfigureAwait(false);
        if (fault is not null || body!.Parts is not { } parts)
            return (null, fault);
        var sent = new Dictionary<int, string>();
        foreach (var part in parts)
        {
            if (part?.Etag is not { Length: > 0 and <= 200 } eTag || !sent.TryAdd(part.PartNumber, eTag))
                return (null, BodyFault.Invalid("parts must name each part once, as {\"partNumber\":1,\"etag\":\"…\"}, with the ETag that storage answered."));
        }

        return (sent, null);
    }
}
