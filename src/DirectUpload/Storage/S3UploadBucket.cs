using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>A bucket at S3, or at anything that speaks its protocol.</summary>
internal sealed class S3UploadBucket(string bucket, IAmazonS3 client) : IUploadBucket
{
    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, cancellationToken).ConfigureAwait(false);
            var encryptedByKms = head.ServerSideEncryptionMethod?.Value?.StartsWith("aws:kms", StringComparison.Ordinal) == true;
            return new StoredObject
            {
                ETag = head.ETag,
                Size = head.ContentLength,
                ContentType = head.Headers.ContentType,
                VersionId = head.VersionId is null or "null" ? null : head.VersionId,
                // A composite checksum covers the parts' checksums, not the bytes.
                ChecksumSha256 = head.ChecksumType == ChecksumType.COMPOSITE ? null : head.ChecksumSHA256,
                ETagIsContentHash = !encryptedByKms && !head.ETag.Contains('-', StringComparison.Ordinal),
            };
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    public async Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default)
    {
        try
        {
            var get = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, EtagToMatch = eTag, ByteRange = new ByteRange(offset, offset + length - 1) },
                cancellationToken).ConfigureAwait(false);
            return get.ResponseStream;
        }
        catch (AmazonS3Exception changed) when (changed.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default)
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
            request.TagSet = [.. settings.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
        }

        if (settings.CacheControl is not null)
            request.Headers.CacheControl = settings.CacheControl;
        if (settings.ContentDisposition is not null)
            request.Headers.ContentDisposition = settings.ContentDisposition;
        if (settings.ContentEncoding is not null)
            request.Headers.ContentEncoding = settings.ContentEncoding;
        foreach (var (name, value) in settings.Metadata)
            request.Metadata.Add(name, value);

        try
        {
            await client.CopyObjectAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception changed) when (
            changed.StatusCode == HttpStatusCode.PreconditionFailed || changed.ErrorCode is "NoSuchKey" or "NoSuchVersion")
        {
            return false;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        client.DeleteObjectAsync(bucket, key, cancellationToken);
}
