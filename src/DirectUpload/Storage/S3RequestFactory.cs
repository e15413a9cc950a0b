using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Creates the SDK's requests that copy, write and start multipart uploads.</summary>
internal static class S3RequestFactory
{
    public static CopyObjectRequest CreateCopy(string bucket, ConditionalCopy copy)
    {
        var settings = copy.Settings;
        var request = new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = copy.SourceKey,
            SourceVersionId = copy.SourceVersionId,
            ETagToMatch = copy.SourceETag,
            DestinationBucket = bucket,
            DestinationKey = copy.DestinationKey,
            // The headers and metadata of the final object come from the profile, never from the object that the client uploaded.
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = copy.ContentType,
            ChecksumAlgorithm = copy.ComputesCrc64Nvme ? ChecksumAlgorithm.CRC64NVME : null,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null
                ? null
                : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
        {
            request.TaggingDirective = TaggingDirective.REPLACE;
            request.TagSet = ToTagSet(settings);
        }

        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    /// <summary>Creates the request that starts a multipart upload, whether its parts are copied or sent.</summary>
    public static InitiateMultipartUploadRequest CreateMultipartUpload(
        string bucket, string key, string contentType, ObjectSettings settings)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = contentType,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null
                ? null
                : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
            request.TagSet = ToTagSet(settings);
        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    /// <summary>Creates the request that writes an object in one body, signed as a whole.</summary>
    public static PutObjectRequest CreatePut(string bucket, string key, string contentType, Stream content, ObjectSettings settings)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = contentType,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            // Some servers refuse aws-chunked bodies (OpenStack Swift), or return the content with that encoding (Ceph RGW 16).
            UseChunkEncoding = false,
            DisableDefaultChecksumValidation = true,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null
                ? null
                : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
            request.TagSet = ToTagSet(settings);
        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    public static CopyPartRequest CreateCopyPart(
        string bucket, ConditionalCopy copy, string uploadId, int number, long first, long last) => new()
        {
            SourceBucket = bucket,
            SourceKey = copy.SourceKey,
            SourceVersionId = copy.SourceVersionId,
            ETagToMatch = [copy.SourceETag],
            DestinationBucket = bucket,
            DestinationKey = copy.DestinationKey,
            UploadId = uploadId,
            PartNumber = number,
            FirstByte = first,
            LastByte = last,
        };

    private static List<Tag> ToTagSet(ObjectSettings settings) =>
        [.. settings.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static void SetHeaders(HeadersCollection headers, MetadataCollection metadata, ObjectSettings settings)
    {
        if (settings.CacheControl is not null)
            headers.CacheControl = settings.CacheControl;
        if (settings.ContentDisposition is not null)
            headers.ContentDisposition = settings.ContentDisposition;
        if (settings.ContentEncoding is not null)
            headers.ContentEncoding = settings.ContentEncoding;
        foreach (var (name, value) in settings.Metadata)
            metadata.Add(name, value);
    }
}
