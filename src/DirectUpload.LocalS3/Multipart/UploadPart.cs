using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles UploadPart, with the same checks as PutObject.</summary>
internal static class UploadPart
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        if (LatePartQuirk.IsAccepted(call))
        {
            await LatePartQuirk.HandleAsync(call);
            return;
        }
        var upload = UploadReference.Find(call).Stored;
        var number = PartNumber.Parse(call.Request.Query["partNumber"]!);
        var body = RequestBody.CreateForObject(call.Request, call.Caller, UploadChecksum.GetAlgorithm(upload.Checksum));
        UploadChecksum.CheckPart(upload.Checksum, body.ClientAlgorithm);

        await using var draft = call.Bucket.CreateBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.RequestAborted);
        var part = CreateStoredPart(number, draft, summary, call.Now());
        await call.Bucket.Uploads.PutPartAsync(call.Key, upload.Id, draft, part);

        call.Response.Headers.ETag = $"\"{part.ETag}\"";
        ObjectHeaders.WriteEncryption(call.Response.Headers, upload.Attributes);
        if (body.ClientAlgorithm is { } sent)
            call.Response.Headers[sent.HeaderName] = summary.ClientChecksum;
        call.SetStatus(200);
    }

    public static StoredPart CreateStoredPart(int number, PendingBlob draft, BodyDigests body, DateTimeOffset now) => new()
    {
        Number = number,
        Blob = draft.Name,
        Size = body.Length,
        ETag = body.ETag,
        LastModified = now,
        Checksum = body.Checksum,
    };
}
