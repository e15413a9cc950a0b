using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary><see cref="LocalS3Quirks.AcceptsLateParts"/>: a part that comes after its upload was completed takes the place of the object.</summary>
internal static class LatePart
{
    public static bool IsAccepted(S3Call call) =>
        call.Has(LocalS3Quirks.AcceptsLateParts) && call.Bucket.Find(call.Key)?.UploadId == UploadReference.IdOf(call);

    public static async Task AnswerAsync(S3Call call)
    {
        var body = IncomingBody.OfObject(call.Request, call.Caller);
        await using var draft = call.Bucket.NewBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.Aborted);
        var stored = PutObject.Describe(call.Key, draft, summary, call.Bucket.Get(call.Key).Attributes, call.Now()) with { UploadId = UploadReference.IdOf(call) };
        await call.Bucket.CommitAsync(draft, stored, WriteCondition.None);
        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        call.Answer(200);
    }
}
