using System.Text.RegularExpressions;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Operations;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// <c>signRequest</c>: bytes go straight to S3, on a URL that is signed here; whatever makes an object or undoes it is a call of ours, to which Uppy is sent with a ticket.
/// </summary>
/// <remarks>Source: https://uppy.io/docs/aws-s3/#signrequestrequest.</remarks>
internal sealed partial class RequestSigning(OwnUploads own, TicketOffice tickets, DirectUploadEndpointOptions options)
{
    public async Task<IResult> SignAsync(HttpContext context, DirectUploadService uploads, TimeProvider clock)
    {
        var (body, fault) = await JsonBody.ReadAsync(context.Request, UppyJson.Default.SignBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return Refusal.Because(fault);
        return (body!.Method?.ToUpperInvariant(), body.UploadId, body.PartNumber) switch
        {
            ("PUT", null, _) => await SignWholeAsync(context, body, uploads).ConfigureAwait(false),
            ("PUT", _, { } number) => await SignPartAsync(context, body, number, uploads).ConfigureAwait(false),
            ("POST", null, _) => await SignCreateAsync(context, body, uploads, clock).ConfigureAwait(false),
            ("POST", _, _) => await SignOwnAsync(context, body, S3Call.Complete).ConfigureAwait(false),
            ("GET", not null, _) => await SignOwnAsync(context, body, S3Call.List).ConfigureAwait(false),
            ("DELETE", not null, _) => await SignOwnAsync(context, body, S3Call.Abort).ConfigureAwait(false),
            ("DELETE", null, _) => await SignOwnAsync(context, body, S3Call.Delete).ConfigureAwait(false),
            _ => Refusal.Because("Send Uppy's request as it is: {method, key, uploadId, partNumber, contentType}, with filename, size and metadata if you like."),
        };
    }

    private async Task<IResult> SignWholeAsync(HttpContext context, SignBody body, DirectUploadService uploads)
    {
        var caller = RequestUpload.Caller(context, options);
        var request = own.Request(FileName(body), body.ContentType, body.Notes, own.WholeMethod, caller.Owner) with { Size = body.Size };
        if (own.FindFault(caller.Owner) is { } fault)
            return Refusal.Of(fault);
        var granted = await uploads.RequestAsync(request, caller, context.RequestAborted).ConfigureAwait(false);
        if (!granted.Succeeded)
            return Refusal.Of(granted.Error);
        var (instructions, key) = (granted.Value.Instructions, granted.Value.Record.StagingKey);
        return Results.Json(
            request.Method == UploadMethod.Put
                ? new("PUT", instructions.Url, key, null, instructions.Headers)
                : new("POST", instructions.Url, key, instructions.Fields, null),
            UppyJson.Default.SignedAnswer);
    }

    private async Task<IResult> SignPartAsync(HttpContext context, SignBody body, int number, DirectUploadService uploads)
    {
        if (await FindAsync(context, body).ConfigureAwait(false) is not { } record)
            return Refusal.Unknown;
        var signed = await uploads.SignPartsAsHostAsync(record.Id, [number], checksumsSha256: null, context.RequestAborted).ConfigureAwait(false);
        return signed.Succeeded
            ? Results.Json(new("PUT", signed.Value.Parts[0].Url, null, null, signed.Value.Parts[0].Headers), UppyJson.Default.SignedAnswer)
            : Refusal.Of(signed.Error);
    }

    // The file's type comes only with the call itself; the application is asked now, while its user is known, and the call is held to the profile and to what it said.
    private async Task<IResult> SignCreateAsync(HttpContext context, SignBody body, DirectUploadService uploads, TimeProvider clock)
    {
        var caller = RequestUpload.Caller(context, options);
        if (own.FindFault(caller.Owner) is { } fault)
            return Refusal.Of(fault);
        var request = own.Request(FileName(body), body.ContentType, body.Notes, UploadMethod.Multipart, caller.Owner) with { Size = body.Size };
        var limits = await uploads.AuthorizeAsync(request, caller, context.RequestAborted).ConfigureAwait(false);
        if (!limits.Succeeded)
            return Refusal.Of(limits.Error);
        var id = UploadId.New(clock.GetUtcNow());
        var ticket = tickets.New(UppyMapping.Of(context), S3Call.Create, id, caller) with
        {
            FileName = FileName(body),
            Metadata = body.Notes,
            Size = body.Size,
            PartSize = body.PartSize,
            Limits = limits.Value,
        };
        return Send(context, ticket, caller.Owner is null ? tickets.SealKey(id) : ticket.Id);
    }

    private async Task<IResult> SignOwnAsync(HttpContext context, SignBody body, S3Call call) =>
        await FindAsync(context, body).ConfigureAwait(false) is { } record
            ? Send(context, tickets.New(UppyMapping.Of(context), call, record.Id, RequestUpload.Caller(context, options)) with { UploadId = body.UploadId, Owner = record.Owner }, null)
            : Refusal.Unknown;

    private Task<UploadRecord?> FindAsync(HttpContext context, SignBody body) => own.FindAsync(body.Key, body.UploadId, options.Owner(context), context.RequestAborted);

    // A path suffices for a page of this application; only one of another origin needs to be told the host.
    private IResult Send(HttpContext context, UploadTicket ticket, string? key)
    {
        var path = context.Request.Path.ToUriComponent().TrimEnd('/') + "/s3";
        var isForeign = options.PublicBaseAddress is not null || CrossSite.IsForeign(context.Request, options.PublicBaseAddress);
        if ((isForeign ? PublicAddress.Of(context, options.PublicBaseAddress) : context.Request.PathBase.ToUriComponent()) is not { } start)
            return Refusal.Because($"A page of another origin needs an absolute address, and the request's Host is not known to be this application's. {PublicAddress.Cure}");
        var method = ticket.Call switch { S3Call.List => "GET", S3Call.Abort or S3Call.Delete => "DELETE", _ => "POST" };
        return Results.Json(new(method, start + path, key, null, new Dictionary<string, string> { [UploadTicket.Header] = tickets.Write(ticket) }), UppyJson.Default.SignedAnswer);
    }

    /// <summary>The page's word, or else the key that Uppy proposes: a UUID, a hyphen and the file's name.</summary>
    private static string FileName(SignBody body) => body.Filename ?? ProposedPrefix().Replace(body.Key ?? string.Empty, string.Empty);

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-(?=.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProposedPrefix();
}
