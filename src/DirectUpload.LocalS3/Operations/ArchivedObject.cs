using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Refuses reads of archived objects, which S3 allows only after a restore; LocalS3 cannot restore one.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html</remarks>
internal static class ArchivedObject
{
    public static void RequireReadable(StoredObject stored)
    {
        if (stored.Attributes.StorageClass is "GLACIER" or "DEEP_ARCHIVE")
            throw new S3Exception(403, "InvalidObjectState", "The operation is not valid for the object's storage class")
                .WithDetail("StorageClass", stored.Attributes.StorageClass);
    }
}
