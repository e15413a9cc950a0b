using DirectUpload.AspNetCore.Bodies;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Operations;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>What Uppy takes for S3 when it signs its own requests: create, list, complete and abort, so that validation and completion stay here.</summary>
internal sealed class S3Endpoints(OwnUploads own, TicketOffice tickets)
{
    public async Task<IResult> PostAsync(HttpContext context, DirectUploadService uploads, IUploadRecordStore store)
    {
        if (Read(context, S3Call.Create) is { } toCreate)
            return await CreateAsync(context, toCreate, uploads, store).ConfigureAwait(false);
        return Read(context, S3Call.Complete) is { } toComplete ? await CompleteAsync(context, toComplete, uploads).ConfigureAwait(false) : S3Answer.NoTicket;
    }

    public async Task<IResult> GetAsync(HttpContext context, DirectUploadService uploads)
    {
        if (Read(context, S3Call.List) is not { } ticket)
            return S3Answer.NoTicket;
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Answer.NoSuchUpload;
        var stored = await uploads.ListPartsAsHostAsync(record.Id, context.RequestAborted).ConfigureAwait(false);
        return stored.Succeeded ? S3Answer.Parts(record, stored.Value) : S3Answer.Of(stored.Error);
    }

    public async Task<IResult> DeleteAsync(HttpContext context, DirectUploadService uploads)
    {
        if ((Read(context, S3Call.Abort) ?? Read(context, S3Call.Delete)) is not { } ticket)
            return S3Answer.NoTicket;
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Answer.NoSuchUpload;
        // To give up an upload is not to delete a file: what was quicker than its abort stays.
        if (ticket.Call != S3Call.Delete && record.Status.IsSettled())
            return Results.NoContent();
        var ended = await uploads.DeleteForClientAsync(record.Id, context.RequestAborted).ConfigureAwait(false);
        return ended.Error?.Reason == UploadErrorReason.DeletionNotAllowed ? S3Answer.Of(ended.Error) : Results.NoContent();
    }

    private async Task<IResult> CreateAsync(HttpContext context, UploadTicket ticket, DirectUploadService uploads, IUploadRecordStore store)
    {
        var id = UploadId.Parse(ticket.Id);
        var record = await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false);
        if (record is not null && (record.Profile != ticket.Profile || record.Owner != ticket.Owner))
            return S3Answer.NoSuchUpload;
        if (record is null)
        {
            // Uppy cuts: where the page has not said how, the sum is held to what it has said.
            var request = own.Request(ticket.FileName, context.Request.ContentType, ticket.Metadata ?? [], UploadMethod.Multipart, ticket.Owner) with
            {
                Size = ticket.Size,
                PartSize = ticket.Size is null ? null : ticket.PartSize ?? 0,
            };
            var caller = RequestUpload.Traced(context, ticket.Owner, ticket.Actor);
            var granted = await uploads.RequestWithIdAsync(request, caller, id, ticket.Limits, context.RequestAborted).ConfigureAwait(false);
            if (granted is { Succeeded: false, Error.Reason: not UploadErrorReason.Conflict })
                return S3Answer.Of(granted.Error);
            record = granted.Succeeded ? granted.Value.Record : null;
        }

        // Uppy repeats a call whose answer was lost; the first one may be at it still.
        return record?.Parts?.MultipartId is { } multipartId ? S3Answer.Created(record, multipartId) : S3Answer.Busy;
    }

    private async Task<IResult> CompleteAsync(HttpContext context, UploadTicket ticket, DirectUploadService uploads)
    {
        if (await FindAsync(context, ticket).ConfigureAwait(false) is not { } record)
            return S3Answer.NoSuchUpload;
        var (received, broken) = await BodyReader.ReadAsync(context.Request, JsonBody.ForParts * 1024, BodyBudget.Proven, context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return S3Answer.Because(broken!.Kind == BodyFaultKind.Invalid ? "MalformedXML" : "SlowDown", broken.Detail, Problems.StatusOf(broken));
        using var body = received;
        var (sent, fault) = await SentParts.ReadAsync(new MemoryStream(body.Bytes.ToArray()), context.RequestAborted).ConfigureAwait(false);
        if (sent is null)
            return S3Answer.Because("MalformedXML", fault!);
        var confirmed = await uploads.ConfirmPartsAsHostAsync(record.Id, sent, context.RequestAborted).ConfigureAwait(false);
        return confirmed.Succeeded
            ? S3Answer.Completed(confirmed.Value, await own.LocationAsync(record, context.RequestAborted).ConfigureAwait(false))
            : S3Answer.Of(confirmed.Error);
    }

    private UploadTicket? Read(HttpContext context, S3Call call) => tickets.Read(context.Request.Headers[UploadTicket.Header].ToString(), UppyMapping.Of(context), call);

    private Task<UploadRecord?> FindAsync(HttpContext context, UploadTicket ticket) => own.FindAsync(ticket, context.RequestAborted);
}
