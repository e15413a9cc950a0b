using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3;

/// <summary>What may be done without a signature: read an object that its writer made public, and nothing else.</summary>
internal static class AnonymousAccess
{
    public static void Check(S3Request request, ObjectStore store)
    {
        if (request.Bucket.Length == 0 || request.Method is not ("GET" or "HEAD") || SubResource.Of(request.Query) is not null)
            throw S3Errors.AccessDenied();
        // A missing key is not told from a secret one: that would be listing the bucket.
        if (store.Get(request.Bucket).Find(request.Key) is not { Attributes.IsPublic: true })
            throw S3Errors.AccessDenied();
    }
}
