using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>A bucket's lifecycle configuration: put, get, delete.</summary>
internal static class BucketLifecycle
{
    public static async Task PutAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var rules = LifecycleDocument.Parse(await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted, isDangerous: true));
        bucket.Change(state => state with { Lifecycle = rules });
        call.Answer(200);
    }

    public static Task GetAsync(S3Call call)
    {
        var rules = call.Bucket.State.Lifecycle ?? throw new S3Exception(404, "NoSuchLifecycleConfiguration",
            "The lifecycle configuration does not exist").With("BucketName", call.Request.Bucket);
        return S3Xml.WriteAsync(call.Response, LifecycleDocument.Write(rules), call.Aborted);
    }

    public static Task DeleteAsync(S3Call call)
    {
        call.Bucket.Change(state => state with { Lifecycle = null });
        call.Answer(204);
        return Task.CompletedTask;
    }
}
