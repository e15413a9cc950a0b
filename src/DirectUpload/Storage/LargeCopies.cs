using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>Copies what CopyObject can't: above 5 GiB, part by part inside storage, each part pinned to the source's ETag.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html</remarks>
internal sealed class LargeCopies(string bucket, IAmazonS3 client, long partSize)
{
    /// <summary>The largest object that CopyObject takes, in bytes.</summary>
    public const long LargestWhole = 5L * 1024 * 1024 * 1024;

    /// <summary>In bytes: large, for each part is a request. Above 5 TiB, 10,000 of them would not do, and they are larger.</summary>
    public const long UsualPart = 550L * 1024 * 1024;

    private const int AtOnce = 4;

    public async Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancelled half-way: it would have begun all the same, and nobody would know its id.
        var begun = await client.InitiateMultipartUploadAsync(CopyRequests.Begin(bucket, copy.DestinationKey, copy.ContentType, copy.Settings), CancellationToken.None).ConfigureAwait(false);
        try
        {
            var parts = await CopyPartsAsync(copy, begun.UploadId, cancellationToken).ConfigureAwait(false);
            // Servers that ignore the condition (Ceph RGW 16) would have mixed two objects.
            if (await IsStillSourceAsync(copy, cancellationToken).ConfigureAwait(false))
            {
                await client.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest { BucketName = bucket, Key = copy.DestinationKey, UploadId = begun.UploadId, PartETags = parts },
                    cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        catch (AmazonS3Exception refused) when (CopyRequests.IsSourceGone(refused))
        {
            // As below: another object is there now.
        }
        catch
        {
            await TryAbortAsync(copy, begun.UploadId).ConfigureAwait(false);
            throw;
        }

        await client.AbortMultipartUploadAsync(bucket, copy.DestinationKey, begun.UploadId, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task<List<PartETag>> CopyPartsAsync(PinnedCopy copy, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new ConcurrentBag<PartETag>();
        var size = Math.Max(partSize, (copy.Size + SizeLimits.Parts - 1) / SizeLimits.Parts);
        var count = (int)((copy.Size + size - 1) / size);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, cancelled) =>
            {
                var first = (number - 1) * size;
                var last = Math.Min(first + size, copy.Size) - 1;
                var part = await client.CopyPartAsync(CopyRequests.Part(bucket, copy, uploadId, number, first, last), cancelled).ConfigureAwait(false);
                parts.Add(new PartETag(number, part.ETag));
            }).ConfigureAwait(false);
        return [.. parts.OrderBy(part => part.PartNumber)];
    }

    private async Task<bool> IsStillSourceAsync(PinnedCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = copy.SourceKey, VersionId = copy.SourceVersionId }, cancellationToken).ConfigureAwait(false);
            return head.ETag == copy.SourceETag;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    // Best effort: what stays is found by the clean-up of the next attempt, by reconciliation, or by the bucket's lifecycle rule.
    private async Task TryAbortAsync(PinnedCopy copy, string uploadId)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, copy.DestinationKey, uploadId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The first exception is the one that tells what happened.
        }
    }
}
