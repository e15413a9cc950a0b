using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts, gets and deletes a bucket's CORS configuration.</summary>
internal static class BucketCors
{
    public static async Task PutAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        bucket.Cors = CorsConfigurationXml.Parse(
            await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted, isDangerous: true));
        call.SetStatus(200);
    }

    public static Task GetAsync(S3OperationContext call)
    {
        var rules = call.Bucket.Cors ?? throw new S3Exception(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist")
            .WithDetail("BucketName", call.Request.Bucket);
        return S3Xml.WriteAsync(call.Response, CorsConfigurationXml.Write(rules), call.RequestAborted);
    }

    public static Task DeleteAsync(S3OperationContext call)
    {
        call.Bucket.Cors = null;
        call.SetStatus(204);
        return Task.CompletedTask;
    }
}
