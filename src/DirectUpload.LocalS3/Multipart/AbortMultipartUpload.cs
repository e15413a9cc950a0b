using DirectUpload.LocalS3.Operations;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles AbortMultipartUpload.</summary>
internal static class AbortMultipartUpload
{
    public static Task HandleAsync(S3OperationContext call)
    {
        call.Bucket.Uploads.Abort(call.Key, UploadReference.GetId(call));
        call.SetStatus(204);
        return Task.CompletedTask;
    }
}
