using System.Text.RegularExpressions;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Handles Uppy's <c>signRequest</c>. Bytes go straight to S3 with a signed URL; requests that create, complete or delete an upload go to
/// the application with a ticket.
/// </summary>
/// <remarks>Source: https://uppy.io/docs/aws-s3/#signrequestrequest.</remarks>
internal sealed partial class UppyRequestSigner(OwnedUploadResolver own, UploadTicketProtector tickets, DirectUploadEndpointOptions options)
{
    public async Task<IResult> SignAsync(HttpContext context, IDirectUploadService uploads, TimeProvider clock)
    {
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, UppyJson.Default.SignBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return CompanionErrors.Create(fault);
        return (body!.Method?.ToUpperInvariant(), body.UploadId, body.PartNumber) switch
        {
            ("PUT", null, _) => await SignSinglePartAsync(context, body, uploads).ConfigureAwait(false),
            ("PUT", _, { } number) => await SignPartAsync(context, body, number, uploads).ConfigureAwait(false),
            ("POST", null, _) => await SignCreateAsync(context, body, uploads, clock).ConfigureAwait(false),
            ("POST", _, _) => await SignApplicationCallAsync(context, body, S3Operation.Complete).ConfigureAwait(false),
            ("GET", not null, _) => await SignApplicationCallAsync(context, body, S3Operation.List).ConfigureAwait(false),
            ("DELETE", not null, _) => await SignApplicationCallAsync(context, body, S3Operation.Abort).ConfigureAwait(false),
            ("DELETE", null, _) => await SignApplicationCallAsync(context, body, S3Operation.Delete).ConfigureAwait(false),
            _ => CompanionErrors.Create(
                "Send Uppy's request unchanged: {method, key, uploadId, partNumber, contentType}, optionally with filename, size " +
                "and metadata."),
        };
    }

    private async Task<IResult> SignSinglePartAsync(HttpContext context, SignBody body, IDirectUploadService uploads)
    {
        var caller = CallerFactory.Create(context, options);
        var request = own.CreateRequest(GetFileName(body), body.ContentType, body.MetadataOrEmpty, own.SinglePartMethod, caller.Owner) with
        {
            Size = body.Size,
        };
        if (own.FindOwnerError(caller.Owner) is { } fault)
            return CompanionErrors.FromError(fault);
        var granted = await uploads.RequestAsync(request, caller, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        if (!granted.Succeeded)
            return CompanionErrors.FromError(granted.Error);
        var (instructions, key) = (granted.Value.Instructions, granted.Value.Upload.StagingKey!);
        return JsonResponse.Create(
            request.Method == UploadMethod.Put
                ? new("PUT", instructions.Url, key, null, instructions.Headers)
                : new("POST", instructions.Url, key, instructions.Fields, null),
            UppyJson.Default.SignResponse);
    }

    private async Task<IResult> SignPartAsync(HttpContext context, SignBody body, int number, IDirectUploadService uploads)
    {
        if (await FindAsync(context, body).ConfigureAwait(false) is not { } record)
            return CompanionErrors.NotFound;
        var signed = await uploads.SignPartsAsync(
            record.Id, UploadAccess.Application.For(record), [number], checksumsSha256: null, context.RequestAborted).ConfigureAwait(false);
        return signed.Succeeded
            ? JsonResponse.Create(new("PUT", signed.Value[0].Url, null, null, signed.Value[0].Headers), UppyJson.Default.SignResponse)
            : CompanionErrors.FromError(signed.Error);
    }

    // The file's type arrives only with the create request. The authorizers decide now, while the user is known; the ticket carries their
    // limits.
    private async Task<IResult> SignCreateAsync(HttpContext context, SignBody body, IDirectUploadService uploads, TimeProvider clock)
    {
        var caller = CallerFactory.Create(context, options);
        if (own.FindOwnerError(caller.Owner) is { } fault)
            return CompanionErrors.FromError(fault);
        var request =
            own.CreateRequest(GetFileName(body), body.ContentType, body.MetadataOrEmpty, UploadMethod.Multipart, caller.Owner) with
            {
                Size = body.Size,
            };
        var limits = await uploads.AuthorizeAsync(request, caller, context.RequestAborted).ConfigureAwait(false);
        if (!limits.Succeeded)
            return CompanionErrors.FromError(limits.Error);
        var id = UploadId.Create(clock.GetUtcNow());
        var ticket = tickets.Create(UppyMapping.GetAddress(context), S3Operation.Create, id, caller) with
        {
            FileName = GetFileName(body),
            Metadata = body.MetadataOrEmpty,
            Size = body.Size,
            PartSize = body.PartSize,
            Authorization = limits.Value,
        };
        return CreateResponse(context, ticket, caller.Owner is null ? tickets.ProtectKey(id) : ticket.Id);
    }

    private async Task<IResult> SignApplicationCallAsync(HttpContext context, SignBody body, S3Operation call) =>
        await FindAsync(context, body).ConfigureAwait(false) is { } record
            ? CreateResponse(
                context,
                tickets.Create(UppyMapping.GetAddress(context), call, record.Id, CallerFactory.Create(context, options)) with
                {
                    UploadId = body.UploadId,
                    Owner = record.Owner,
                },
                null)
            : CompanionErrors.NotFound;

    private Task<Upload?> FindAsync(HttpContext context, SignBody body) =>
        own.FindAsync(body.Key, body.UploadId, options.OwnerResolver(context), context.RequestAborted);

    // A path is enough for a page of this application; only a page of another origin needs the host.
    private IResult CreateResponse(HttpContext context, UploadTicket ticket, string? key)
    {
        var path = context.Request.Path.ToUriComponent().TrimEnd('/') + "/s3";
        var isForeign = options.PublicBaseAddress is not null || CrossSiteCheck.IsCrossOrigin(context.Request, options.PublicBaseAddress);
        if ((isForeign
            ? PublicAddress.GetBaseAddress(context, options.PublicBaseAddress)
            : context.Request.PathBase.ToUriComponent()) is not { } start)
            return CompanionErrors.Create(
                $"A page of another origin needs an absolute address, and the request's Host is not known to be this application's. " +
                $"{PublicAddress.ConfigurationHint}");
        var method = ticket.Call switch { S3Operation.List => "GET", S3Operation.Abort or S3Operation.Delete => "DELETE", _ => "POST" };
        return JsonResponse.Create(
            new(method, start + path, key, null, new Dictionary<string, string> { [UploadTicket.Header] = tickets.Protect(ticket) }),
            UppyJson.Default.SignResponse);
    }

    /// <summary>Gets the page's file name, or the name in the key that Uppy proposes: a UUID, a hyphen and the file's name.</summary>
    private static string GetFileName(SignBody body) =>
        body.Filename ?? ProposedKeyPrefix().Replace(body.Key ?? string.Empty, string.Empty);

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-(?=.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProposedKeyPrefix();
}
