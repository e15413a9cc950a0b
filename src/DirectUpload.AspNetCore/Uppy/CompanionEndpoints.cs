using System.Globalization;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Handles the requests to Uppy's <c>companionEndpoint</c>. Companion trusts the client's key; here the key only identifies a record, which
/// must belong to the caller.
/// </summary>
/// <remarks>Source: https://uppy.io/docs/aws-s3/ and Companion's routes.</remarks>
internal sealed class CompanionEndpoints(OwnedUploadResolver own, string stagingPrefix, DirectUploadEndpointOptions options)
{
    public async Task<IResult> GetParametersAsync(HttpContext context, IDirectUploadService uploads, TimeProvider clock)
    {
        var query = context.Request.Query;
        var metadata = query.Where(item => item.Key.StartsWith("metadata[", StringComparison.Ordinal) && item.Key.EndsWith(']'))
            .ToDictionary(item => item.Key["metadata[".Length..^1], item => item.Value.ToString());
        var granted = await RequestAsync(
            context, uploads, query["filename"], query["type"], metadata, UploadMethod.Post).ConfigureAwait(false);
        return granted.Succeeded
            ? JsonResponse.Create(
                new("POST", granted.Value.Instructions.Url, granted.Value.Instructions.Fields, GetRemainingSeconds(
                    granted.Value.Instructions.ExpiresAt, clock)), UppyJson.Default.FormResponse)
            : CompanionErrors.FromError(granted.Error);
    }

    public async Task<IResult> CreateMultipartAsync(HttpContext context, IDirectUploadService uploads)
    {
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, UppyJson.Default.CreateBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return CompanionErrors.Create(fault);
        var granted = await RequestAsync(
            context, uploads, body!.Filename, body.Type, body.MetadataOrEmpty, UploadMethod.Multipart).ConfigureAwait(false);
        if (!granted.Succeeded)
            return CompanionErrors.FromError(granted.Error);
        var record = granted.Value.Upload;
        return JsonResponse.Create(new(record.StagingKey!, record.MultipartId!, record.Bucket!), UppyJson.Default.CreateResponse);
    }

    public async Task<IResult> ListPartsAsync(HttpContext context, string uploadId, string? key, IDirectUploadService uploads)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        var stored = await uploads.ListPartsAsync(
            record.Id, UploadAccess.Application.For(record), context.RequestAborted).ConfigureAwait(false);
        return stored.Succeeded
            ? Results.Json(
                [.. stored.Value.Select(part => new PartResponse(part.Number, part.Size, part.ETag))], UppyJson.Default.ListPartResponse)
            : CompanionErrors.FromError(stored.Error);
    }

    public Task<IResult> SignPartsAsync(
        HttpContext context, string uploadId, string partNumber, string? key, IDirectUploadService uploads, TimeProvider clock) =>
        int.TryParse(partNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? SignPartsAsync(context, uploadId, key, [number], uploads, signed =>
                JsonResponse.Create(new(signed[0].Url, GetRemainingSeconds(signed[0].ExpiresAt, clock)), UppyJson.Default.SignPartResponse))
            : Task.FromResult(CompanionErrors.Create("partNumber must be a positive integer."));

    public Task<IResult> SignBatchAsync(
        HttpContext context, string uploadId, string? key, string? partNumbers, IDirectUploadService uploads)
    {
        var numbers = new List<int>();
        foreach (var text in (partNumbers ?? string.Empty).Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Task.FromResult(CompanionErrors.Create("partNumbers must be integers separated by commas, such as 1,2,3."));
            numbers.Add(number);
        }

        return SignPartsAsync(
            context, uploadId, key, numbers, uploads,
            signed => Results.Json(
                new(signed.ToDictionary(part => part.Number.ToString(CultureInfo.InvariantCulture), part => part.Url)),
                UppyJson.Default.SignBatchResponse));
    }

    public async Task<IResult> CompleteAsync(
        HttpContext context, string uploadId, string? key, IDirectUploadService uploads)
    {
        // Find the record first, so that only the upload's own client can send a large body.
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, UppyJson.Default.CompleteBody, context.RequestAborted, JsonBodyReader.PartsMaxKiB).ConfigureAwait(false);
        if (fault is not null)
            return CompanionErrors.Create(fault);
        var sent = new Dictionary<int, string>();
        foreach (var part in body!.Parts ?? [])
        {
            if (part?.ETag is not { Length: > 0 } eTag || !sent.TryAdd(part.PartNumber, eTag))
                return CompanionErrors.Create(
                    "parts must name each part once, with its ETag. Browsers can read ETag only if the bucket's CORS rules expose it.");
        }

        var confirmed = await uploads.ConfirmAsync(
            record.Id, UploadAccess.Application.For(record), sent, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        if (!confirmed.Succeeded)
            return CompanionErrors.FromError(confirmed.Error);
        var location = await own.GetLocationAsync(record, context.RequestAborted).ConfigureAwait(false);
        return JsonResponse.Create(
            new(location, record.StagingKey!, record.Bucket!, record.Id.ToString(), confirmed.Value.Status.ToJson()),
            UppyJson.Default.CompleteResponse);
    }

    public async Task<IResult> AbortAsync(HttpContext context, string uploadId, string? key, IDirectUploadService uploads)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        // Uppy cancels uploads, but does not delete finished files. An upload that finished before the cancel stays.
        if (!record.IsTerminal)
            await uploads.DeleteAsync(
                record.Id, UploadAccess.Application.For(record), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return JsonResponse.Create(new(), UppyJson.Default.EmptyResponse);
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, IDirectUploadService uploads)
    {
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, UppyJson.Default.ConfirmBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return CompanionErrors.Create(fault);
        if (await FindAsync(context, body!.Key ?? ExtractKey(body.Location), uploadId: null).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        var confirmed = await uploads.ConfirmAsync(
            record.Id, UploadAccess.Application.For(record), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return confirmed.Succeeded
            ? JsonResponse.Create(new(record.Id.ToString(), confirmed.Value.Status.ToJson()), UppyJson.Default.ConfirmResponse)
            : CompanionErrors.FromError(confirmed.Error);
    }

    // In path-style and in virtual-hosted-style URLs, the path ends with the key.
    private string? ExtractKey(string? location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var address))
            return null;
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var start = path.IndexOf(stagingPrefix, StringComparison.Ordinal);
        return start < 0 ? null : path[start..];
    }

    private static int GetRemainingSeconds(DateTimeOffset expiresAt, TimeProvider clock) =>
        Math.Max(1, (int)(expiresAt - clock.GetUtcNow()).TotalSeconds);

    private async Task<IResult> SignPartsAsync(
        HttpContext context, string uploadId, string? key, IReadOnlyList<int> numbers, IDirectUploadService uploads,
        Func<IReadOnlyList<SignedPart>, IResult> answer)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        var signed = await uploads.SignPartsAsync(
            record.Id, UploadAccess.Application.For(record), numbers, checksumsSha256: null, context.RequestAborted).ConfigureAwait(false);
        return signed.Succeeded ? answer(signed.Value) : CompanionErrors.FromError(signed.Error);
    }

    private async Task<UploadResult<UploadGrant>> RequestAsync(
        HttpContext context, IDirectUploadService uploads, string? fileName, string? type, Dictionary<string, string> metadata,
        UploadMethod method)
    {
        var caller = CallerFactory.Create(context, options);
        var request = own.CreateRequest(fileName, type, metadata, method, caller.Owner);
        if (own.FindOwnerError(caller.Owner) is { } fault)
            return fault;
        return await uploads.RequestAsync(request, caller, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    private Task<Upload?> FindAsync(HttpContext context, string? key, string? uploadId) =>
        own.FindAsync(key, uploadId, options.OwnerResolver(context), context.RequestAborted);
}
