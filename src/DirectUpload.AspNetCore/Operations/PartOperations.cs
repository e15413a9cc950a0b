using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Primitives;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>POST /uploads/{id}/parts</c>.</summary>
internal static class SignParts
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;
        // Check the token first, so that only the upload's own client can send a large body.
        var opened = await uploads.GetAsync(
            uploadId, UploadAccess.WriteToken(token).WithKnownUpload(context), context.RequestAborted).ConfigureAwait(false);
        if (!opened.Succeeded)
            return Problems.From(opened.Error);
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, ContractJson.Default.PartsRequestBody, context.RequestAborted,
            JsonBodyReader.PartsMaxKiB).ConfigureAwait(false);
        if (fault is not null)
            return Problems.From(fault);
        if (GetPartNumbers(body!) is not { } numbers)
            return Problems.InvalidRequest(
                "Name the parts: {\"partNumbers\":[1,2,3]}, or {\"from\":1,\"to\":100}; at most 10,000 at once.");

        var signed = await uploads.SignPartsAsync(uploadId, UploadAccess.FromToken(token)
            .For(opened.Value), numbers, body!.ChecksumsSha256, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return signed.Succeeded
            ? Results.Json(SignedPartsBody.From(signed.Value), ContractJson.Default.SignedPartsBody)
            : Problems.From(signed.Error);
    }

    private static int[]? GetPartNumbers(PartsRequestBody body)
    {
        if (body.PartNumbers is { } numbers)
            return body.From is null && body.To is null ? numbers : null;
        return body is { From: { } from, To: { } to } && to >= from && to - (long)from < S3Limits.MaxParts
            ? [.. Enumerable.Range(from, to - from + 1)]
            : null;
    }
}

/// <summary>Handles <c>GET /uploads/{id}/parts</c>.</summary>
internal static class ListParts
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;
        var stored = await uploads.ListPartsAsync(
            uploadId, UploadAccess.FromToken(token).WithKnownUpload(context), context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return stored.Succeeded
            ? Results.Json(
                new([.. stored.Value.Select(part => new StoredPartBody(part.Number, part.Size, part.ETag))]),
                ContractJson.Default.StoredPartsBody)
            : Problems.From(stored.Error);
    }
}

/// <summary>Handles <c>POST /uploads/{id}/renew</c>.</summary>
internal static class RenewUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, IDirectUploadService uploads)
    {
        if (!UploadTokenReader.TryRead(context, id, out var uploadId, out var token, out var refusal))
            return refusal;
        var renewed = await uploads.RenewAsync(
            uploadId, UploadAccess.FromToken(token).WithKnownUpload(context), context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return renewed.Succeeded
            ? JsonResponse.Create(
                new(InstructionsBody.From(renewed.Value), renewed.Value.ExpiresAt.UtcDateTime), ContractJson.Default.RenewedBody)
            : Problems.From(renewed.Error);
    }
}
