using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>Copies what CopyObject can't: above 5 GiB, part by part inside storage, each part pinned to the source's ETag.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html</remarks>
internal sealed class LargeCopies(string bucket, IAmazonS3 client, StorageCalls calls, CopySources sources, long partSize)
{
    /// <summary>The largest object that CopyObject takes, in bytes.</summary>
    public const long LargestWhole = 5L * 1024 * 1024 * 1024;

    /// <summary>In bytes: large, for each part is a request. Above 5 TiB, 10,000 of them would not do, and they are larger.</summary>
    public const long UsualPart = 550L * 1024 * 1024;

    private const int AtOnce = 4;

    public async Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = CopyRequests.Begin(bucket, copy.DestinationKey, copy.ContentType, copy.Settings);
        // Not canceled half-way: it would have begun all the same, and its id would be unknown.
        var begun = await calls.RunAsync(
            "CreateMultipartUpload", copy.DestinationKey, token => client.InitiateMultipartUploadAsync(request, token), CancellationToken.None).ConfigureAwait(false);
        try
        {
            // Servers that ignore the condition on parts (Ceph RGW 16), or refuse it for no reason (Swift), are held to it by looking before and after.
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is { } before
                && await CopyPartsAsync(copy, begun.UploadId, cancellationToken).ConfigureAwait(false) is { } parts
                && await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) == before)
            {
                await CompleteAsync(copy, begun.UploadId, parts, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        catch
        {
            await TryAbortAsync(copy, begun.UploadId).ConfigureAwait(false);
            throw;
        }

        await calls.RunAsync(
            "AbortMultipartUpload", copy.DestinationKey, token => client.AbortMultipartUploadAsync(bucket, copy.DestinationKey, begun.UploadId, token), cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>Null when a part of the source could not be had because the source has changed or gone.</summary>
    private async Task<List<PartETag>?> CopyPartsAsync(PinnedCopy copy, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new ConcurrentBag<PartETag>();
        var size = Math.Max(partSize, (copy.Size + SizeLimits.Parts - 1) / SizeLimits.Parts);
        var count = (int)((copy.Size + size - 1) / size);
        var gone = false;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, canceled) =>
            {
                var first = (number - 1) * size;
                var request = CopyRequests.Part(bucket, copy, uploadId, number, first, Math.Min(first + size, copy.Size) - 1);
                if (!Volatile.Read(ref gone) && await TryCopyPartAsync(copy, request, canceled).ConfigureAwait(false) is { } eTag)
                    parts.Add(new PartETag(number, eTag));
                else
                    Volatile.Write(ref gone, true);
            }).ConfigureAwait(false);
        return gone ? null : [.. parts.OrderBy(part => part.PartNumber)];
    }

    private async Task<string?> TryCopyPartAsync(PinnedCopy copy, CopyPartRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyPartAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception refused) when (CopySources.MayBeGone(refused))
        {
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is null)
                return null;
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed)
                throw new StorageUnavailableException($"Storage answered UploadPartCopy on bucket {bucket} with {refused.ErrorCode}, and yet has the source.", refused);
        }

        request.ETagToMatch = null;
        try
        {
            return await CopyPartAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception gone) when (CopySources.MayBeGone(gone))
        {
            return null;
        }
    }

    private async Task<string> CopyPartAsync(CopyPartRequest request, CancellationToken cancellationToken)
    {
        var copied = await calls.RunAsync(
            "UploadPartCopy", request.DestinationKey, token => client.CopyPartAsync(request, token), cancellationToken, CopySources.MayBeGone,
            request.LastByte!.Value - request.FirstByte!.Value + 1).ConfigureAwait(false);
        return copied.ETag;
    }

    private Task<CompleteMultipartUploadResponse> CompleteAsync(PinnedCopy copy, string uploadId, List<PartETag> parts, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest { BucketName = bucket, Key = copy.DestinationKey, UploadId = uploadId, PartETags = parts };
        return calls.RunAsync(
            "CompleteMultipartUpload", copy.DestinationKey, token => client.CompleteMultipartUploadAsync(request, token), cancellationToken, bytes: copy.Size);
    }

    // Best effort: what stays is found by the clean-up of the next attempt, by reconciliation, or by the bucket's lifecycle rule.
    private async Task TryAbortAsync(PinnedCopy copy, string uploadId)
    {
        try
        {
            await calls.RunAsync(
                "AbortMultipartUpload", copy.DestinationKey, token => client.AbortMultipartUploadAsync(bucket, copy.DestinationKey, uploadId, token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The first exception is the one that tells what happened.
        }
    }
}
