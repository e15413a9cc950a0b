using System.Net;

namespace DirectUpload.Storage;

/// <summary>Describes what to correct when storage refuses a call.</summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
/// </remarks>
internal static class StorageErrorResolutions
{
    public static string Find(StorageCall call, HttpStatusCode status, string code) => code switch
    {
        "NoSuchBucket" or "InvalidBucketName" =>
            $"The bucket \"{call.Bucket}\" does not exist: check DirectUploads:Bucket (or Buckets:…:Name), or create the bucket.",
        "InvalidAccessKeyId" or "InvalidClientTokenId" or "InvalidToken" or "InvalidSecurity" or "SignatureDoesNotMatch" or "NotSignedUp" =>
            "The credentials are not valid for this server: check access key, secret key, session token and region of the registered "
                + "IAmazonS3 (or AWSCredentials).",
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "Redirect"
        or "IllegalLocationConstraintException" =>
            $"The bucket \"{call.Bucket}\" is in another region or at another endpoint: set the region (or ServiceURL) of the "
                + "registered IAmazonS3 to the bucket's.",
        "RequestTimeTooSkewed" =>
            "The clock of this host differs from storage's by more than 15 minutes: synchronize it.",
        "AccessControlListNotSupported" or "InvalidBucketAclWithObjectOwnership" =>
            $"The bucket \"{call.Bucket}\" has ACLs disabled: remove ObjectSettings.Acl from the profile, or enable ACLs on the bucket.",
        "MetadataTooLarge" or "InvalidMetadata" =>
            "Storage does not accept the metadata: shorten ObjectSettings.Metadata to 2 KB of US-ASCII.",
        "InvalidTag" =>
            "Storage does not accept the tags: correct ObjectSettings.Tags (at most 10, keys up to 128 and values up to 256 characters).",
        "InvalidEncryptionAlgorithmError" or "ServerSideEncryptionConfigurationNotFoundError" =>
            "Storage does not accept the encryption: correct ObjectSettings.ServerSideEncryption and ObjectSettings.KmsKeyId.",
        "InvalidStorageClass" or "EntityTooLarge" =>
            "Storage does not accept an object of this size or class: lower the profile's MaxSize, or raise the bucket's limit.",
        "QuotaExceeded" or "BucketQuotaExceeded" or "XMinioStorageFull" =>
            $"The bucket \"{call.Bucket}\" is full: raise its quota, or delete objects.",
        "InvalidObjectState" =>
            "The object is archived: exclude the prefixes that DirectUpload uses from lifecycle transitions to archive classes.",
        _ when code.StartsWith("KMS.", StringComparison.Ordinal) =>
            "The KMS key cannot be used: check ObjectSettings.KmsKeyId, the key's state, and kms:GenerateDataKey and kms:Decrypt for "
                + "these credentials.",
        "NotImplemented" or "HTTP 501" or "MethodNotAllowed" or "HTTP 405" =>
            $"The server does not support {call.Operation} with these settings: remove what it lacks from the profile (ObjectSettings: " +
            "encryption, ACL, tags; FinalizeInPlace; Method Post).",
        _ when status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => DescribeMissingPermission(call),
        _ when status == HttpStatusCode.NotFound =>
            $"The bucket \"{call.Bucket}\" or what the request names in it does not exist: check DirectUploads:Bucket and the endpoint "
                + "of the registered IAmazonS3.",
        _ when (int)status is >= 300 and < 400 =>
            $"Storage redirected the request: set the region (or ServiceURL) of the registered IAmazonS3 to that of \"{call.Bucket}\".",
        _ => $"Storage does not accept {call.Operation} with the profile's settings: check ObjectSettings and the bucket's configuration.",
    };

    private static string DescribeMissingPermission(StorageCall call)
    {
        var (action, onBucket) = GetAction(call.Operation);
        var resource = onBucket || call.Key is null ? $"arn:aws:s3:::{call.Bucket}" : $"arn:aws:s3:::{call.Bucket}/{call.KeyPrefix}*";
        var listing = call.Operation is "HeadObject" or "GetObject" ? $" (and s3:ListBucket on arn:aws:s3:::{call.Bucket}, without "
            + "which a missing object is refused instead of reported)" : string.Empty;
        return $"{action} on {resource} is missing for these credentials{listing}, or a bucket policy denies the request.";
    }

    private static (string Action, bool OnBucket) GetAction(string operation) => operation switch
    {
        "HeadObject" or "GetObject" => ("s3:GetObject", false),
        "CopyObject" or "UploadPartCopy" => ("s3:PutObject (and s3:PutObjectTagging or s3:PutObjectAcl, where ObjectSettings sets "
            + "them)", false),
        "PutObject" or "CreateMultipartUpload" or "CompleteMultipartUpload" or "UploadPart" => ("s3:PutObject", false),
        "DeleteObject" => ("s3:DeleteObject", false),
        "PutObjectAcl" => ("s3:PutObjectAcl", false),
        "DeleteObjectVersion" => ("s3:DeleteObjectVersion", false),
        "ListObjectVersions" => ("s3:ListBucketVersions", true),
        "AbortMultipartUpload" => ("s3:AbortMultipartUpload", false),
        "ListParts" => ("s3:ListMultipartUploadParts", false),
        "ListMultipartUploads" => ("s3:ListBucketMultipartUploads", true),
        "GetBucketLifecycleConfiguration" => ("s3:GetLifecycleConfiguration", true),
        "PutBucketLifecycleConfiguration" => ("s3:PutLifecycleConfiguration", true),
        "GetBucketCors" => ("s3:GetBucketCORS", true),
        _ => ("s3:ListBucket", true),
    };
}
