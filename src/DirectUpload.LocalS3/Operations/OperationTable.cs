using DirectUpload.LocalS3.Forms;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Finds the operation that a request asks for. What is not here is refused by name, never mistaken for something else.</summary>
internal static class OperationTable
{
    public static S3Operation Find(S3Request request)
    {
        var level = request.Bucket.Length == 0 ? "SERVICE" : request.Key.Length == 0 ? "BUCKET" : "OBJECT";
        var feature = SubResource.Of(request.Query);
        return (level, request.Method, feature) switch
        {
            ("SERVICE", "GET", null) => BucketOperations.ListAsync,

            ("BUCKET", "PUT", null) => BucketOperations.CreateAsync,
            ("BUCKET", "HEAD", null) => BucketOperations.HeadAsync,
            ("BUCKET", "DELETE", null) => BucketOperations.DeleteAsync,
            ("BUCKET", "GET", "location") => BucketOperations.GetLocationAsync,
            ("BUCKET", "GET", "list-type") => ListObjects.AnswerAsync,
            ("BUCKET", "GET", null) => ListObjectsV1.AnswerAsync,
            ("BUCKET", "POST", "delete") => DeleteObjects.DeleteManyAsync,
            ("BUCKET", "POST", null) => FormUpload.AnswerAsync,
            ("BUCKET", "PUT", "cors") => BucketCors.PutAsync,
            ("BUCKET", "GET", "cors") => BucketCors.GetAsync,
            ("BUCKET", "DELETE", "cors") => BucketCors.DeleteAsync,
            ("BUCKET", "PUT", "lifecycle") => BucketLifecycle.PutAsync,
            ("BUCKET", "GET", "lifecycle") => BucketLifecycle.GetAsync,
            ("BUCKET", "DELETE", "lifecycle") => BucketLifecycle.DeleteAsync,
            ("BUCKET", "PUT", "notification") => BucketNotifications.PutAsync,
            ("BUCKET", "GET", "notification") => BucketNotifications.GetAsync,

            ("BUCKET", "PUT", "versioning") => BucketVersioning.PutAsync,
            ("BUCKET", "GET", "versioning") => BucketVersioning.GetAsync,
            ("BUCKET", "GET", "versions") => ListVersions.AnswerAsync,

            ("OBJECT", "PUT", null) when CopySource.IsIn(request) => CopyObject.AnswerAsync,
            ("OBJECT", "PUT", null) => PutObject.AnswerAsync,
            ("OBJECT", "GET" or "HEAD", null or "partNumber" or "versionId" or "partNumber&versionId") => GetObject.AnswerAsync,
            ("OBJECT", "GET", "attributes" or "attributes&versionId") => GetAttributes.AnswerAsync,
            ("OBJECT", "DELETE", null or "versionId") => DeleteObjects.DeleteOneAsync,

            ("BUCKET", "GET", "uploads") => ListUploads.AnswerAsync,
            ("OBJECT", "POST", "uploads") => CreateUpload.AnswerAsync,
            ("OBJECT", "PUT", "partNumber&uploadId") when CopySource.IsIn(request) => CopyPart.AnswerAsync,
            ("OBJECT", "PUT", "partNumber&uploadId") => UploadPart.AnswerAsync,
            ("OBJECT", "GET", "uploadId") => ListParts.AnswerAsync,
            ("OBJECT", "POST", "uploadId") => CompleteUpload.AnswerAsync,
            ("OBJECT", "DELETE", "uploadId") => AbortUpload.AnswerAsync,

            ("OBJECT", "PUT", "tagging" or "tagging&versionId") => ObjectTagging.PutAsync,
            ("OBJECT", "GET", "tagging" or "tagging&versionId") => ObjectTagging.GetAsync,
            ("OBJECT", "DELETE", "tagging" or "tagging&versionId") => ObjectTagging.DeleteAsync,
            ("OBJECT", "PUT", "acl" or "acl&versionId") => ObjectAcl.PutAsync,
            ("OBJECT", "GET", "acl" or "acl&versionId") => ObjectAcl.GetAsync,

            (_, "GET" or "HEAD" or "PUT" or "POST" or "DELETE", not null) => throw S3Errors.NotImplemented(feature),
            _ => throw S3Errors.MethodNotAllowed(request.Method, level),
        };
    }

    /// <summary>The one operation whose signature is in its body.</summary>
    public static bool IsFormUpload(S3Operation operation) => operation == FormUpload.AnswerAsync;
}
