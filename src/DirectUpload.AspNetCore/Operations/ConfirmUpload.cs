using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>POST /uploads/{id}/confirm</c>.</summary>
internal static class ConfirmUpload
{
    private const string RetryAfterSeconds = "1";

    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;

        var access = UploadAccess.FromToken(token).WithKnownUpload(context);
        var report = default(ConfirmReport);
        if (HasBody(context))
        {
            // Check the token first, so that only the upload's own client can send a large body.
            var opened = await uploads.GetAsync(
                uploadId, UploadAccess.WriteToken(token).WithKnownUpload(context), context.RequestAborted).ConfigureAwait(false);
            if (!opened.Succeeded)
                return Problems.From(opened.Error);
            access = access.For(opened.Value);
            (report, var fault) = await ReadReportAsync(context).ConfigureAwait(false);
            if (fault is not null)
                return Problems.From(fault);
        }

        var confirmed = await uploads.ConfirmAsync(
            uploadId, access, report.PartETags, report.Crc64Nvme, context.RequestAborted).ConfigureAwait(false);
        if (!confirmed.Succeeded)
            return Problems.From(confirmed.Error);

        var finished = confirmed.Value.IsTerminal;
        if (!finished)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return GetUpload.CreateResponse(
            context, confirmed.Value, finished ? HttpStatus.Ok : HttpStatus.Accepted, showsAssociation: true);
    }

    // Only parts and checksums need a body; clients without both may omit it.
    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && context.Request.ContentLength != 0
        && context.Request.HasJsonContentType();

    private static async Task<(ConfirmReport Report, BodyError? Fault)> ReadReportAsync(HttpContext context)
    {
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, ContractJson.Default.ConfirmBody, context.RequestAborted, JsonBodyReader.PartsMaxKiB).ConfigureAwait(false);
        if (fault is not null)
            return (default, fault);
        var crc64Nvme = body!.Checksums?.Crc64nvme;
        if (body.Parts is not { } parts)
            return (new(null, crc64Nvme), null);
        var sent = new Dictionary<int, string>();
        foreach (var part in parts)
        {
            if (part?.Etag is not { Length: > 0 and <= 200 } eTag || !sent.TryAdd(part.PartNumber, eTag))
                return (default, BodyError.Invalid(
                    "parts must name each part once, as {\"partNumber\":1,\"etag\":\"…\"}, with the ETag that storage returned."));
        }

        return (new(sent, crc64Nvme), null);
    }

    private readonly record struct ConfirmReport(IReadOnlyDictionary<int, string>? PartETags, string? Crc64Nvme);
}
