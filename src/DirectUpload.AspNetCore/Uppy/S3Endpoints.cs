using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Handles the requests that Uppy sends to the application instead of to S3 after <c>signRequest</c>: create, list, complete and abort. So
/// the application validates and completes every upload.
/// </summary>
internal sealed class S3Endpoints(OwnedUploadResolver own, UploadTicketProtector tickets)
{
    public async Task<IResult> PostAsync(HttpContext context, IDirectUploadService uploads)
    {
        if (ReadTicket(context, S3Operation.Create) is { } toCreate)
            return await CreateAsync(context, toCreate, uploads).ConfigureAwait(false);
        return ReadTicket(context, S3Operation.Complete) is { } toComplete
            ? await CompleteAsync(context, toComplete, uploads).ConfigureAwait(false)
            : S3Responses.InvalidTicket;
    }

    public async Task<IResult> GetAsync(HttpContext context, IDirectUploadService uploads)
    {
        if (ReadTicket(context, S3Operation.List) is not { } ticket)
            return S3Responses.InvalidTicket;
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Responses.NoSuchUpload;
        var stored = await uploads.ListPartsAsync(
            record.Id, UploadAccess.Application.For(record), context.RequestAborted).ConfigureAwait(false);
        return stored.Succeeded ? S3Responses.Parts(record, stored.Value) : S3Responses.FromError(stored.Error);
    }

    public async Task<IResult> DeleteAsync(HttpContext context, IDirectUploadService uploads)
    {
        if ((ReadTicket(context, S3Operation.Abort) ?? ReadTicket(context, S3Operation.Delete)) is not { } ticket)
            return S3Responses.InvalidTicket;
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Responses.NoSuchUpload;
        // An abort does not delete a finished file. An upload that finished before the abort stays.
        if (ticket.Call != S3Operation.Delete && record.IsTerminal)
            return Results.NoContent();
        var ended = await uploads.DeleteAsync(
            record.Id, UploadAccess.Client.For(record), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return ended.Error?.Code == UploadErrorCodes.DeletionNotAllowed ? S3Responses.FromError(ended.Error) : Results.NoContent();
    }

    private async Task<IResult> CreateAsync(HttpContext context, UploadTicket ticket, IDirectUploadService uploads)
    {
        var id = UploadId.Parse(ticket.Id);
        var record = (await uploads.GetAsync(id, UploadAccess.Application, context.RequestAborted).ConfigureAwait(false)).Value;
        if (record is not null && (record.Profile != ticket.Profile || record.Owner != ticket.Owner))
            return S3Responses.NoSuchUpload;
        if (record is null)
        {
            // Uppy splits the file. If the page did not send the part size, only the total size is enforced.
            var request = own.CreateRequest(
                ticket.FileName, context.Request.ContentType, ticket.Metadata ?? [], UploadMethod.Multipart, ticket.Owner) with
            {
                Size = ticket.Size,
                PartSize = ticket.Size is null ? null : ticket.PartSize ?? 0,
            };
            var caller = CallerFactory.Create(context, ticket.Owner, ticket.Actor);
            var granted = await uploads.RequestAsync(
                request, caller, new() { Id = id, Authorization = ticket.Authorization }, context.RequestAborted).ConfigureAwait(false);
            if (granted is { Succeeded: false, Error.Code: not UploadErrorCodes.Conflict })
                return S3Responses.FromError(granted.Error);
            record = granted.Succeeded ? granted.Value.Upload : null;
        }

        // Uppy repeats a request whose response was lost; the first request may still be running.
        return record?.MultipartId is { } multipartId ? S3Responses.Created(record, multipartId) : S3Responses.ServiceUnavailable;
    }

    private async Task<IResult> CompleteAsync(HttpContext context, UploadTicket ticket, IDirectUploadService uploads)
    {
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Responses.NoSuchUpload;
        var (received, broken) = await BodyReader.ReadAsync(
            context.Request, JsonBodyReader.PartsMaxKiB * 1024, BodyMemoryBudget.Authenticated,
            context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return S3Responses.Error(
                broken!.Kind == BodyErrorKind.Invalid ? "MalformedXML" : "SlowDown", broken.Detail, Problems.GetStatusCode(broken));
        using var body = received;
        var (sent, fault) = await CompletedPartsReader.ReadAsync(
            new MemoryStream(body.Bytes.ToArray()), context.RequestAborted).ConfigureAwait(false);
        if (sent is null)
            return S3Responses.Error("MalformedXML", fault!);
        var confirmed = await uploads.ConfirmAsync(
            record.Id, UploadAccess.Application.For(record), sent, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return confirmed.Succeeded
            ? S3Responses.Completed(confirmed.Value, await own.GetLocationAsync(record, context.RequestAborted).ConfigureAwait(false))
            : S3Responses.FromError(confirmed.Error);
    }

    private UploadTicket? ReadTicket(HttpContext context, S3Operation call) =>
        tickets.TryUnprotect(context.Request.Headers[UploadTicket.Header].ToString(), UppyMapping.GetAddress(context), call);

    private Task<Upload?> FindAsync(HttpContext context, UploadTicket ticket) => own.FindAsync(ticket, context.RequestAborted);
}
