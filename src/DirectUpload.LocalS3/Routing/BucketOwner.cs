using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Checks the account that a request expects to own its bucket, and the source bucket of a copy.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html</remarks>
internal static class BucketOwner
{
    /// <summary>The number of the only account.</summary>
    public const string AccountId = "000000000000";

    public static void Check(S3Request request, ObjectStore store)
    {
        if (store.Find(request.Bucket) is not null)
            Check(request.GetSetting("x-amz-expected-bucket-owner"));
        if (request.GetSetting("x-amz-copy-source") is not null)
            Check(request.GetSetting("x-amz-source-expected-bucket-owner"));
    }

    private static void Check(string? expected)
    {
        if (expected is null or AccountId)
            return;
        if (expected.Length != AccountId.Length || !expected.All(char.IsAsciiDigit))
            throw new S3Exception(400, "InvalidBucketOwnerAWSAccountID",
                $"The value of the expected bucket owner parameter must be an AWS Account ID... [{expected}]");
        throw S3Errors.AccessDenied();
    }
}
