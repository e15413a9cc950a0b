using DirectUpload.LocalS3.Forms;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Finds the operation of a request; an operation that is not listed fails with an error that names it.</summary>
internal static class OperationTable
{
    public static S3Operation Find(S3Request request)
    {
        var level = request.Bucket.Length == 0 ? "SERVICE" : request.Key.Length == 0 ? "BUCKET" : "OBJECT";
        var feature = SubResource.Find(request.Query);
        return (level, request.Method, feature) switch
        {
            ("SERVICE", "GET", null) => ListBuckets.HandleAsync,

            ("BUCKET", "PUT", null) => BucketOperations.CreateAsync,
            ("BUCKET", "HEAD", null) => BucketOperations.HeadAsync,
            ("BUCKET", "DELETE", null) => BucketOperations.DeleteAsync,
            ("BUCKET", "GET", "location") => BucketOperations.GetLocationAsync,
            ("BUCKET", "GET", "list-type") => ListObjectsV2.HandleAsync,
            ("BUCKET", "GET", null) => ListObjectsV1.HandleAsync,
            ("BUCKET", "POST", "delete") => DeleteObjects.DeleteManyAsync,
            ("BUCKET", "POST", null) => PostObject.HandleAsync,
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
            ("BUCKET", "GET", "versions") => ListObjectVersions.HandleAsync,

            ("OBJECT", "PUT", null) when CopySource.IsPresent(request) => CopyObject.HandleAsync,
            ("OBJECT", "PUT", null) => PutObject.HandleAsync,
            ("OBJECT", "GET" or "HEAD", null or "partNumber" or "versionId" or "partNumber&versionId") => GetObject.HandleAsync,
            ("OBJECT", "GET", "attributes" or "attributes&versionId") => GetObjectAttributes.HandleAsync,
            ("OBJECT", "DELETE", null or "versionId") => DeleteObjects.DeleteOneAsync,

            ("BUCKET", "GET", "uploads") => ListMultipartUploads.HandleAsync,
            ("OBJECT", "POST", "uploads") => CreateMultipartUpload.HandleAsync,
            ("OBJECT", "PUT", "partNumber&uploadId") when CopySource.IsPresent(request) => UploadPartCopy.HandleAsync,
            ("OBJECT", "PUT", "partNumber&uploadId") => UploadPart.HandleAsync,
            ("OBJECT", "GET", "uploadId") => ListParts.HandleAsync,
            ("OBJECT", "POST", "uploadId") => CompleteMultipartUpload.HandleAsync,
            ("OBJECT", "DELETE", "uploadId") => AbortMultipartUpload.HandleAsync,

            ("OBJECT", "PUT", "tagging" or "tagging&versionId") => ObjectTagging.PutAsync,
            ("OBJECT", "GET", "tagging" or "tagging&versionId") => ObjectTagging.GetAsync,
            ("OBJECT", "DELETE", "tagging" or "tagging&versionId") => ObjectTagging.DeleteAsync,
            ("OBJECT", "PUT", "acl" or "acl&versionId") => ObjectAcl.PutAsync,
            ("OBJECT", "GET", "acl" or "acl&versionId") => ObjectAcl.GetAsync,

            ("BUCKET", "GET", _) when UnconfiguredBucket.FindReader(feature) is { } read => read,

            (_, "GET" or "HEAD" or "PUT" or "POST" or "DELETE", not null) => throw S3Errors.NotImplemented(feature),
            _ => throw S3Errors.MethodNotAllowed(request.Method, level),
        };
    }

    /// <summary>Indicates whether an operation carries its signature in the body, which is true only for PostObject.</summary>
    public static bool IsFormUpload(S3Operation operation) => operation == PostObject.HandleAsync;
}
