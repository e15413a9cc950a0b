using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Manages the multipart uploads of a bucket whose parts the clients send.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</remarks>
internal sealed class MultipartUploads(string bucket, IAmazonS3 client, StorageCallExecutor calls)
{
    public async Task<string> CreateAsync(
        string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken)
    {
        var request = S3RequestFactory.CreateMultipartUpload(bucket, key, contentType, settings);
        if (partChecksums)
            request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256;
        var started = await calls.RunAsync("CreateMultipartUpload", key, token =>
            client.InitiateMultipartUploadAsync(request, token), cancellationToken).ConfigureAwait(false);
        return started.UploadId;
    }

    public async Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken)
    {
        var request = new ListPartsRequest { BucketName = bucket, Key = key, UploadId = multipartId };
        var parts = new List<StoredPart>();
        try
        {
            ListPartsResponse page;
            do
            {
                page = await calls.RunAsync(
                    "ListParts", key, token => client.ListPartsAsync(request, token), cancellationToken, IsNotFound).ConfigureAwait(false);
                foreach (var part in page.Parts ?? [])
                    parts.Add(new StoredPart(part.PartNumber ?? 0, part.Size ?? 0, part.ETag, part.ChecksumSHA256));
                request.PartNumberMarker = $"{page.NextPartNumberMarker}";
            }
            while (page.IsTruncated == true);
            return parts;
        }
        catch (AmazonS3Exception notFound) when (IsNotFound(notFound))
        {
            return null;
        }
    }

    public async Task<bool> TryCompleteAsync(
        string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = multipartId,
            PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag) { ChecksumSHA256 = part.ChecksumSha256 })],
            IfNoneMatch = onlyIfNew ? "*" : null,
        };
        try
        {
            await calls.RunAsync(
                "CompleteMultipartUpload", key, token => client.CompleteMultipartUploadAsync(request, token), cancellationToken, IsOver,
                parts.Sum(part => part.Size)).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception refused) when (IsOver(refused))
        {
            return false;
        }

        // InvalidPart: the client sent a part again after the parts were listed. EntityTooSmall: the client sent parts below 5 MiB. Both
        // are errors of the client, not of the configuration.
        static bool IsOver(AmazonS3Exception answer) =>
            IsNotFound(answer) || answer.StatusCode == HttpStatusCode.PreconditionFailed
            || answer.ErrorCode is "InvalidPart" or "InvalidPartOrder" or "EntityTooSmall";
    }

    public async Task AbortAsync(IncompleteMultipartUpload multipart, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                "AbortMultipartUpload", multipart.Key, token => client.AbortMultipartUploadAsync(
                    bucket, multipart.Key, multipart.UploadId, token), cancellationToken, IsMissing).ConfigureAwait(false);
        }
        catch (AmazonS3Exception ended) when (IsMissing(ended))
        {
            // Another call has completed or aborted it.
        }

        // Swift returns NoSuchKey for a multipart upload whose object was destroyed by a late part.
        static bool IsMissing(AmazonS3Exception answer) => IsNotFound(answer) || answer.ErrorCode == "NoSuchKey";
    }

    private static bool IsNotFound(AmazonS3Exception answer) => answer.ErrorCode == "NoSuchUpload";
}
