using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>A bucket's CORS configuration: put, get, delete.</summary>
internal static class BucketCors
{
    public static async Task PutAsync(S3Call call)
    {
        var bucket = call.Bucket;
        bucket.Cors = CorsDocument.Parse(await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted, isDangerous: true));
        call.Answer(200);
    }

    public static Task GetAsync(S3Call call)
    {
        var rules = call.Bucket.Cors ?? throw new S3Exception(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist")
            .With("BucketName", call.Request.Bucket);
        return S3Xml.WriteAsync(call.Response, CorsDocument.Write(rules), call.Aborted);
    }

    public static Task DeleteAsync(S3Call call)
    {
        call.Bucket.Cors = null;
        call.Answer(204);
        return Task.CompletedTask;
    }
}
