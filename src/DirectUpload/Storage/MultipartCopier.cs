using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Primitives;

namespace DirectUpload.Storage;

/// <summary>Copies objects above 5 GiB, the limit of CopyObject, in parts; each part requires the source's ETag.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html</remarks>
internal sealed class MultipartCopier(string bucket, IAmazonS3 client, StorageCallExecutor calls, CopySourceReader sources, long partSize)
{
    /// <summary>The largest object that CopyObject accepts, in bytes.</summary>
    public const long MaxSingleCopySize = S3Limits.MaxSinglePutSize;

    /// <summary>
    /// The size of a part, in bytes. Parts are large because each is a request; above 5 TiB they grow to stay within 10,000 parts.
    /// </summary>
    public const long DefaultPartSize = 550L * 1024 * 1024;

    private const int MaxConcurrency = 4;

    public async Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = S3RequestFactory.CreateMultipartUpload(bucket, copy.DestinationKey, copy.ContentType, copy.Settings);
        // This call is not canceled: storage could have started the multipart upload, and its id would be unknown.
        var started = await calls.RunAsync(
            "CreateMultipartUpload", copy.DestinationKey, token => client.InitiateMultipartUploadAsync(request, token),
            CancellationToken.None).ConfigureAwait(false);
        try
        {
            // Some servers ignore the condition on parts (Ceph RGW 16), others fail it for unchanged objects (Swift). The source is
            // therefore compared before and after the copy.
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is { } before
                && await CopyPartsAsync(copy, started.UploadId, cancellationToken).ConfigureAwait(false) is { } parts
                && await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) == before)
            {
                var completed = await CompleteAsync(copy, started.UploadId, parts, cancellationToken).ConfigureAwait(false);
                return new CopiedObject
                {
                    ETag = ETags.Quote(completed.ETag),
                    ETagIsContentHash = false,
                    VersionId = completed.VersionId is null or "null" ? null : completed.VersionId,
                    Checksum = ReportedChecksum.Read(completed),
                };
            }
        }
        catch
        {
            await TryAbortAsync(copy, started.UploadId).ConfigureAwait(false);
            throw;
        }

        await calls.RunAsync(
            "AbortMultipartUpload", copy.DestinationKey, token => client.AbortMultipartUploadAsync(
                bucket, copy.DestinationKey, started.UploadId, token), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Copies all parts.</summary>
    /// <returns>The parts; null when a part could not be copied because the source has changed or was deleted.</returns>
    private async Task<List<PartETag>?> CopyPartsAsync(ConditionalCopy copy, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new ConcurrentBag<PartETag>();
        var size = Math.Max(partSize, (copy.Size + S3Limits.MaxParts - 1) / S3Limits.MaxParts);
        var count = (int)((copy.Size + size - 1) / size);
        var missing = false;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken },
            async (number, canceled) =>
            {
                var first = (number - 1) * size;
                var request = S3RequestFactory.CreateCopyPart(bucket, copy, uploadId, number, first, Math.Min(first + size, copy.Size) - 1);
                if (!Volatile.Read(ref missing) && await TryCopyPartAsync(copy, request, canceled).ConfigureAwait(false) is { } eTag)
                    parts.Add(new PartETag(number, eTag));
                else
                    Volatile.Write(ref missing, true);
            }).ConfigureAwait(false);
        return missing ? null : [.. parts.OrderBy(part => part.PartNumber)];
    }

    private async Task<string?> TryCopyPartAsync(ConditionalCopy copy, CopyPartRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyPartAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception refused) when (CopySourceReader.IndicatesChangedSource(refused))
        {
            if (await sources.FindVerifiedAsync(copy, cancellationToken).ConfigureAwait(false) is null)
                return null;
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed)
                throw new StorageUnavailableException($"Storage answered UploadPartCopy on bucket {bucket} with {refused.ErrorCode}, "
                    + "but the source object exists.", refused);
        }

        request.ETagToMatch = null;
        try
        {
            return await CopyPartAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (CopySourceReader.IndicatesChangedSource(missing))
        {
            return null;
        }
    }

    private async Task<string> CopyPartAsync(CopyPartRequest request, CancellationToken cancellationToken)
    {
        var copied = await calls.RunAsync(
            "UploadPartCopy", request.DestinationKey, token => client.CopyPartAsync(request, token), cancellationToken,
            CopySourceReader.IndicatesChangedSource,
            request.LastByte!.Value - request.FirstByte!.Value + 1).ConfigureAwait(false);
        return copied.ETag;
    }

    private Task<CompleteMultipartUploadResponse> CompleteAsync(
        ConditionalCopy copy, string uploadId, List<PartETag> parts, CancellationToken cancellationToken)
    {
        var request =
            new CompleteMultipartUploadRequest { BucketName = bucket, Key = copy.DestinationKey, UploadId = uploadId, PartETags = parts };
        return calls.RunAsync(
            "CompleteMultipartUpload", copy.DestinationKey, token => client.CompleteMultipartUploadAsync(request, token),
            cancellationToken, bytes: copy.Size);
    }

    // Best effort: the clean-up of the next attempt, reconciliation or the bucket's lifecycle rule aborts a multipart upload that remains.
    private async Task TryAbortAsync(ConditionalCopy copy, string uploadId)
    {
        try
        {
            await calls.RunAsync(
                "AbortMultipartUpload", copy.DestinationKey, token => client.AbortMultipartUploadAsync(
                    bucket, copy.DestinationKey, uploadId, token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The caller rethrows the first exception, which has the cause.
        }
    }
}
