using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Returns the settings that a bucket has in S3 until an owner configures them; LocalS3 cannot change these settings.</summary>
/// <remarks>
/// A bucket of LocalS3 has ACLs enabled and no public access block, so it answers like a bucket of S3 without these two configurations.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
/// </remarks>
internal static class UnconfiguredBucket
{
    /// <summary>Returns the operation that reads a setting; null if LocalS3 does not know the setting.</summary>
    /// <param name="setting">The query parameter that selects the setting.</param>
    public static S3Operation? FindReader(string? setting) => setting switch
    {
        "acl" => ObjectAcl.GetOfBucketAsync,
        "policy" or "policyStatus" => Missing("NoSuchBucketPolicy", "The bucket policy does not exist"),
        "tagging" => Missing("NoSuchTagSet", "The TagSet does not exist"),
        "publicAccessBlock" =>
            Missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
        "ownershipControls" => Missing("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        "website" => Missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        "replication" =>
            Missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
        "object-lock" =>
            Missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
        "encryption" => Default(() => S3Xml.Element("ServerSideEncryptionConfiguration", S3Xml.Element("Rule",
            S3Xml.Element("ApplyServerSideEncryptionByDefault", S3Xml.Element("SSEAlgorithm", "AES256")),
            S3Xml.Element("BucketKeyEnabled", false)))),
        "logging" => Default(() => S3Xml.Element("BucketLoggingStatus")),
        "accelerate" => Default(() => S3Xml.Element("AccelerateConfiguration")),
        "requestPayment" => Default(() => S3Xml.Element("RequestPaymentConfiguration", S3Xml.Element("Payer", "BucketOwner"))),
        _ => null,
    };

    private static S3Operation Missing(string code, string message) => call =>
        throw new S3Exception(404, code, message).WithDetail("BucketName", call.Bucket.Name);

    private static S3Operation Default(Func<XElement> create) => call =>
    {
        _ = call.Bucket;
        return S3Xml.WriteAsync(call.Response, create(), call.RequestAborted);
    };
}
