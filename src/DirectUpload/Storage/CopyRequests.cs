using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>A pinned copy in the SDK's terms: whole, or part by part; and what is sent in parts begins as what is copied so.</summary>
internal static class CopyRequests
{
    public static CopyObjectRequest Whole(string bucket, PinnedCopy copy)
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
            // Replaced, not taken over: what storage is told about the served object is the profile's word, not the uploader's.
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = copy.ContentType,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null ? null : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
        {
            request.TaggingDirective = TaggingDirective.REPLACE;
            request.TagSet = Tags(settings);
        }

        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    /// <summary>Begins a multipart upload, whether its parts are copied or sent.</summary>
    public static InitiateMultipartUploadRequest Begin(string bucket, string key, string contentType, ObjectSettings settings)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = contentType,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null ? null : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
            request.TagSet = Tags(settings);
        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    /// <summary>Writes an object of our own: one body, signed as a whole.</summary>
    public static PutObjectRequest Put(string bucket, string key, string contentType, Stream content, ObjectSettings settings)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = contentType,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            // Some servers refuse aws-chunked bodies (OpenStack Swift), or serve them as so encoded (Ceph RGW 16).
            UseChunkEncoding = false,
            DisableDefaultChecksumValidation = true,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null ? null : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
            request.TagSet = Tags(settings);
        SetHeaders(request.Headers, request.Metadata, settings);
        return request;
    }

    public static CopyPartRequest Part(string bucket, PinnedCopy copy, string uploadId, int number, long first, long last) => new()
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

    private static List<Tag> Tags(ObjectSettings settings) => [.. settings.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

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
