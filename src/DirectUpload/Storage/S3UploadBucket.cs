using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>A bucket at S3, or at anything that speaks its protocol.</summary>
/// <param name="bucket">Its name.</param>
/// <param name="client">How it is reached.</param>
/// <param name="largestCopy">The size in bytes above which copies go part by part: CopyObject's limit, but for tests.</param>
/// <param name="partSize">The size in bytes of such a part.</param>
internal sealed class S3UploadBucket(string bucket, IAmazonS3 client, long largestCopy = LargeCopies.LargestWhole, long partSize = LargeCopies.UsualPart) : IUploadBucket
{
    private readonly LargeCopies _largeCopies = new(bucket, client, partSize);
    private readonly Multiparts _multiparts = new(bucket, client);
    private readonly Versions _versions = new(bucket, client);

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, cancellationToken).ConfigureAwait(false);
            _versions.Saw(head.VersionId);
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

    public Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default) =>
        copy.Size > largestCopy ? _largeCopies.TryCopyAsync(copy, cancellationToken) : TryCopyWholeAsync(copy, cancellationToken);

    public Task PutAsync(string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default) =>
        client.PutObjectAsync(CopyRequests.Put(bucket, key, contentType, content, settings), cancellationToken);

    public async IAsyncEnumerable<ListedObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
                yield return new ListedObject(found.Key, found.Size ?? 0, Utc(found.LastModified));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default) =>
        _versions.AreKept ? _versions.ListKeysAsync(prefix, cancellationToken) : ListCurrentAsync(prefix, cancellationToken);

    public async IAsyncEnumerable<UnfinishedMultipart> ListUnfinishedAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await client.ListMultipartUploadsAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.MultipartUploads ?? [])
                yield return new UnfinishedMultipart(found.Key, found.UploadId, Utc(found.Initiated));
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);
    }

    public Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default) =>
        _multiparts.BeginAsync(key, contentType, settings, partChecksums, cancellationToken);

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default) =>
        _multiparts.ListPartsAsync(key, multipartId, cancellationToken);

    public Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default) =>
        _multiparts.TryCompleteAsync(key, multipartId, parts, onlyIfNew, cancellationToken);

    public async Task AbortAsync(UnfinishedMultipart multipart, CancellationToken cancellationToken = default)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, multipart.Key, multipart.UploadId, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception ended) when (ended.ErrorCode == "NoSuchUpload")
        {
            // By somebody else: that is what was wanted.
        }
    }

    public async Task SetLifecycleAsync(StagingLifecycle lifecycle, CancellationToken cancellationToken = default)
    {
        var present = await client.GetLifecycleConfigurationAsync(bucket, cancellationToken).ConfigureAwait(false);
        await client.PutLifecycleConfigurationAsync(
            LifecycleRequests.Put(bucket, present.Configuration?.Rules ?? [], lifecycle), cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<string> ListCurrentAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            yield return found.Key;
    }

    private async Task<bool> TryCopyWholeAsync(PinnedCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            await client.CopyObjectAsync(CopyRequests.Whole(bucket, copy), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (CopyRequests.IsSourceGone(refused))
        {
            return false;
        }
    }

    private static DateTimeOffset Utc(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => _versions.DeleteAsync(key, cancellationToken);
}
