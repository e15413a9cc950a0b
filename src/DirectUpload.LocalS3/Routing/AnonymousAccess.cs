using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Allows requests without a signature only to read a public object.</summary>
internal static class AnonymousAccess
{
    public static void EnsureAllowed(S3Request request, ObjectStore store)
    {
        var createsBucket = request is { Method: "PUT", Key.Length: 0 } && SubResource.Find(request.Query) is null;
        if (request.Bucket.Length > 0 && !createsBucket)
            _ = store.Get(request.Bucket);
        if (request.Bucket.Length == 0 || request.Method is not ("GET" or "HEAD") || SubResource.Find(request.Query) is not null)
            throw S3Errors.AccessDenied();
        // A missing key and a private key get the same error; otherwise an anonymous caller could find out the keys of a bucket.
        if (store.Get(request.Bucket).Find(request.Key) is not { Attributes.IsPublic: true })
            throw S3Errors.AccessDenied();
    }
}
