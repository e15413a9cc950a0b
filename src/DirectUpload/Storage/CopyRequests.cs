using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>A pinned copy in the SDK's terms: whole, or part by part.</summary>
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
            request.TagSet = Tags(copy);
        }

        SetHeaders(request.Headers, request.Metadata, copy);
        return request;
    }

    public static InitiateMultipartUploadRequest Begin(string bucket, PinnedCopy copy)
    {
        var settings = copy.Settings;
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = copy.DestinationKey,
            ContentType = copy.ContentType,
            CannedACL = settings.Acl is null ? null : S3CannedACL.FindValue(settings.Acl),
            ServerSideEncryptionMethod = settings.ServerSideEncryption is null ? null : ServerSideEncryptionMethod.FindValue(settings.ServerSideEncryption),
            ServerSideEncryptionKeyManagementServiceKeyId = settings.KmsKeyId,
        };
        if (settings.Tags.Count > 0)
            request.TagSet = Tags(copy);
        SetHeaders(request.Headers, request.Metadata, copy);
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

    /// <summary>Whether storage says that the source is no longer the object that was verified.</summary>
    public static bool IsSourceGone(AmazonS3Exception refused) =>
        refused.StatusCode == HttpStatusCode.PreconditionFailed || refused.ErrorCode is "NoSuchKey" or "NoSuchVersion";

    private static List<Tag> Tags(PinnedCopy copy) => [.. copy.Settings.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static void SetHeaders(HeadersCollection headers, MetadataCollection metadata, PinnedCopy copy)
    {
        if (copy.Settings.CacheControl is not null)
            headers.CacheControl = copy.Settings.CacheControl;
        if (copy.Settings.ContentDisposition is not null)
            headers.ContentDisposition = copy.Settings.ContentDisposition;
        if (copy.Settings.ContentEncoding is not null)
            headers.ContentEncoding = copy.Settings.ContentEncoding;
        foreach (var (name, value) in copy.Settings.Metadata)
            metadata.Add(name, value);
    }
}
