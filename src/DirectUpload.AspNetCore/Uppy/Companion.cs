using System.Globalization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Operations;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The calls of <c>companionEndpoint</c>. Companion believes the client's key; here it only names a record, which must be this caller's.</summary>
/// <remarks>Source: https://uppy.io/docs/aws-s3/ and Companion's own routes.</remarks>
internal sealed class Companion(OwnUploads own, string stagingPrefix, DirectUploadEndpointOptions options)
{
    public async Task<IResult> ParamsAsync(HttpContext context, DirectUploadService uploads, TimeProvider clock)
    {
        var query = context.Request.Query;
        var metadata = query.Where(item => item.Key.StartsWith("metadata[", StringComparison.Ordinal) && item.Key.EndsWith(']'))
            .ToDictionary(item => item.Key["metadata[".Length..^1], item => item.Value.ToString());
        var granted = await RequestAsync(context, uploads, query["filename"], query["type"], metadata, UploadMethod.Post).ConfigureAwait(false);
        return granted.Succeeded
            ? Results.Json(
                new("POST", granted.Value.Instructions.Url, granted.Value.Instructions.Fields, Seconds(granted.Value.Instructions.ExpiresAt, clock)), UppyJson.Default.FormAnswer)
            : Refusal.Of(granted.Error);
    }

    public async Task<IResult> CreateAsync(HttpContext context, DirectUploadService uploads)
    {
        var (body, fault) = await JsonBody.ReadAsync(context.Request, UppyJson.Default.CreateBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return Refusal.Because(fault);
        var granted = await RequestAsync(context, uploads, body!.Filename, body.Type, body.Notes, UploadMethod.Multipart).ConfigureAwait(false);
        if (!granted.Succeeded)
            return Refusal.Of(granted.Error);
        var record = granted.Value.Record;
        return Results.Json(new(record.StagingKey, record.Parts!.MultipartId!, record.Bucket), UppyJson.Default.CreateAnswer);
    }

    public async Task<IResult> ListAsync(HttpContext context, string uploadId, string? key, DirectUploadService uploads)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        var stored = await uploads.ListPartsAsHostAsync(record.Id, context.RequestAborted).ConfigureAwait(false);
        return stored.Succeeded
            ? Results.Json([.. stored.Value.Select(part => new PartAnswer(part.Number, part.Size, part.ETag))], UppyJson.Default.ListPartAnswer)
            : Refusal.Of(stored.Error);
    }

    public Task<IResult> SignAsync(HttpContext context, string uploadId, string partNumber, string? key, DirectUploadService uploads, TimeProvider clock) =>
        int.TryParse(partNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? SignAsync(context, uploadId, key, [number], uploads, signed => Results.Json(new(signed.Parts[0].Url, Seconds(signed.ExpiresAt, clock)), UppyJson.Default.SignAnswer))
            : Task.FromResult(Refusal.Because("The part number must be a number from 1."));

    public Task<IResult> BatchAsync(HttpContext context, string uploadId, string? key, string? partNumbers, DirectUploadService uploads)
    {
        var numbers = new List<int>();
        foreach (var text in (partNumbers ?? string.Empty).Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Task.FromResult(Refusal.Because("partNumbers must be numbers with commas between them, such as 1,2,3."));
            numbers.Add(number);
        }

        return SignAsync(
            context, uploadId, key, numbers, uploads,
            signed => Results.Json(new(signed.Parts.ToDictionary(part => part.Number.ToString(CultureInfo.InvariantCulture), part => part.Url)), UppyJson.Default.BatchAnswer));
    }

    public async Task<IResult> CompleteAsync(
        HttpContext context, string uploadId, string? key, DirectUploadService uploads)
    {
        // The record first: a large body is read only for the upload's own client.
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        var (body, fault) = await JsonBody.ReadAsync(context.Request, UppyJson.Default.CompleteBody, context.RequestAborted, JsonBody.ForParts).ConfigureAwait(false);
        if (fault is not null)
            return Refusal.Because(fault);
        var sent = new Dictionary<int, string>();
        foreach (var part in body!.Parts ?? [])
        {
            if (part?.ETag is not { Length: > 0 } eTag || !sent.TryAdd(part.PartNumber, eTag))
                return Refusal.Because("parts must name each part once, with its ETag. Browsers see ETag only where the bucket's CORS rules expose it.");
        }

        var confirmed = await uploads.ConfirmPartsAsHostAsync(record.Id, sent, context.RequestAborted).ConfigureAwait(false);
        if (!confirmed.Succeeded)
            return Refusal.Of(confirmed.Error);
        var location = await own.LocationAsync(record, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(
            new(location, record.StagingKey, record.Bucket, record.Id.ToString(), confirmed.Value.Status.ToJson()),
            UppyJson.Default.CompleteAnswer);
    }

    public async Task<IResult> AbortAsync(HttpContext context, string uploadId, string? key, DirectUploadService uploads)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        // Uppy gives up an upload, never a finished file: what was quicker than its cancel stays.
        if (!record.Status.IsSettled())
            await uploads.DeleteAsHostAsync(record.Id, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(new(), UppyJson.Default.NothingAnswer);
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, DirectUploadService uploads)
    {
        var (body, fault) = await JsonBody.ReadAsync(context.Request, UppyJson.Default.ConfirmBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return Refusal.Because(fault);
        if (await FindAsync(context, body!.Key ?? KeyIn(body.Location), uploadId: null).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        var confirmed = await uploads.ConfirmAsHostAsync(record.Id, context.RequestAborted).ConfigureAwait(false);
        return confirmed.Succeeded
            ? Results.Json(new(record.Id.ToString(), confirmed.Value.Status.ToJson()), UppyJson.Default.ConfirmAnswer)
            : Refusal.Of(confirmed.Error);
    }

    // In whatever style the bucket is addressed, the key is the end of its object's path.
    private string? KeyIn(string? location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var address))
            return null;
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var start = path.IndexOf(stagingPrefix, StringComparison.Ordinal);
        return start < 0 ? null : path[start..];
    }

    private static int Seconds(DateTimeOffset expiresAt, TimeProvider clock) => Math.Max(1, (int)(expiresAt - clock.GetUtcNow()).TotalSeconds);

    private async Task<IResult> SignAsync(
        HttpContext context, string uploadId, string? key, IReadOnlyList<int> numbers, DirectUploadService uploads, Func<SignedParts, IResult> answer)
    {
        if (await FindAsync(context, key, uploadId).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        var signed = await uploads.SignPartsAsHostAsync(record.Id, numbers, checksumsSha256: null, context.RequestAborted).ConfigureAwait(false);
        return signed.Succeeded ? answer(signed.Value) : Refusal.Of(signed.Error);
    }

    private async Task<UploadResult<UploadGrant>> RequestAsync(
        HttpContext context, DirectUploadService uploads, string? fileName, string? type, Dictionary<string, string> metadata, UploadMethod method)
    {
        var caller = RequestUpload.Caller(context, options);
        var request = own.Request(fileName, type, metadata, method, caller.Owner);
        if (own.FindFault(caller.Owner) is { } fault)
            return fault;
        return await uploads.RequestAsync(request, caller, context.RequestAborted).ConfigureAwait(false);
    }

    private Task<UploadRecord?> FindAsync(HttpContext context, string? key, string? uploadId) => own.FindAsync(key, uploadId, options.Owner(context), context.RequestAborted);
}
