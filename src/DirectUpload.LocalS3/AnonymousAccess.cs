using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3;

/// <summary>What may be done without a signature: read an object that its writer made public, and nothing else.</summary>
internal static class AnonymousAccess
{
    public static void Check(S3Request request, ObjectStore store)
    {
        if (request.Bucket.Length == 0)
            throw S3Errors.AccessDenied();
        var reads = request.Method is "GET" or "HEAD" && SubResource.Of(request.Query) is null;
        // A missing key is not told from a secret one: that would be listing the bucket.
        if (store.Get(request.Bucket).Find(request.Key) is not { Attributes.IsPublic: true } || !reads)
            throw S3Errors.AccessDenied();
    }
}
