using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>UploadPart: held to everything that a PutObject is held to.</summary>
internal static class UploadPart
{
    public static async Task AnswerAsync(S3Call call)
    {
        if (LatePart.IsAccepted(call))
        {
            await LatePart.AnswerAsync(call);
            return;
        }
        var upload = UploadReference.Find(call).Stored;
        var number = PartNumber.Parse(call.Request.Query["partNumber"]!);
        AttributeReader.RefuseUnsupported(call.Request.Setting);
        var body = IncomingBody.OfObject(call.Request, call.Caller, UploadChecksum.AlgorithmOf(upload.Checksum));
        UploadChecksum.RequirePart(upload.Checksum, body.Sent);

        await using var draft = call.Bucket.NewBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.Aborted);
        var part = Describe(number, draft, summary, call.Now());
        await call.Bucket.Uploads.PutPartAsync(call.Key, upload.Id, draft, part);

        call.Response.Headers.ETag = $"\"{part.ETag}\"";
        ObjectHeaders.WriteEncryption(call.Response.Headers, upload.Attributes);
        if (body.Sent is { } sent)
            call.Response.Headers[sent.HeaderName] = summary.Sent;
        call.Answer(200);
    }

    public static StoredPart Describe(int number, BlobDraft draft, BodySummary body, DateTimeOffset now) => new()
    {
        Number = number,
        Blob = draft.Name,
        Size = body.Length,
        ETag = body.ETag,
        LastModified = now,
        Checksum = body.Checksum,
    };
}
