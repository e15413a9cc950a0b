using DirectUpload.LocalS3.Operations;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>AbortMultipartUpload.</summary>
internal static class AbortUpload
{
    public static Task AnswerAsync(S3Call call)
    {
        call.Bucket.Uploads.Abort(call.Key, UploadReference.IdOf(call));
        call.Answer(204);
        return Task.CompletedTask;
    }
}
