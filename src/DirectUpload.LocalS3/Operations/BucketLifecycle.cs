using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts, gets and deletes a bucket's lifecycle configuration.</summary>
internal static class BucketLifecycle
{
    public static async Task PutAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var rules = LifecycleConfigurationXml.Parse(
            await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted, isDangerous: true));
        bucket.UpdateState(state => state with { Lifecycle = rules });
        call.SetStatus(200);
    }

    public static Task GetAsync(S3OperationContext call)
    {
        var rules = call.Bucket.State.Lifecycle ?? throw new S3Exception(404, "NoSuchLifecycleConfiguration",
            "The lifecycle configuration does not exist").WithDetail("BucketName", call.Request.Bucket);
        return S3Xml.WriteAsync(call.Response, LifecycleConfigurationXml.Write(rules), call.RequestAborted);
    }

    public static Task DeleteAsync(S3OperationContext call)
    {
        call.Bucket.UpdateState(state => state with { Lifecycle = null });
        call.SetStatus(204);
        return Task.CompletedTask;
    }
}
