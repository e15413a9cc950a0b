using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Implements <see cref="LocalS3Quirks.AcceptsLateParts"/>: a part of a completed upload replaces the object.</summary>
internal static class LatePartQuirk
{
    public static bool IsAccepted(S3OperationContext call) =>
        call.HasQuirk(LocalS3Quirks.AcceptsLateParts) && call.Bucket.Find(call.Key)?.UploadId == UploadReference.GetId(call);

    public static async Task HandleAsync(S3OperationContext call)
    {
        var body = RequestBody.CreateForObject(call.Request, call.Caller);
        await using var draft = call.Bucket.CreateBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.RequestAborted);
        var stored = PutObject.CreateStoredObject(call.Key, draft, summary, call.Bucket.Get(call.Key).Attributes, call.Now()) with
        {
            UploadId = UploadReference.GetId(call),
        };
        await call.Bucket.CommitAsync(draft, stored, WriteCondition.None);
        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        call.SetStatus(200);
    }
}
