using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Reads the source of a copy again when a response suggests that it is no longer the object that was verified.</summary>
/// <remarks>
/// The response alone proves nothing: OpenStack Swift's S3 API returns 412 for every conditional copy of an object that was uploaded in
/// parts, and Ceph RGW 16 ignores the condition.
/// </remarks>
internal sealed class CopySourceReader(string bucket, IAmazonS3 client, StorageCallExecutor calls)
{
    /// <summary>Returns whether a response may mean that the source has changed or was deleted.</summary>
    public static bool IndicatesChangedSource(AmazonS3Exception answer) =>
        answer.StatusCode == HttpStatusCode.PreconditionFailed || answer.ErrorCode is "NoSuchKey" or "NoSuchVersion";

    /// <summary>Reads the current state of an object.</summary>
    /// <returns>The state; null when the object does not exist.</returns>
    public async Task<SourceState?> FindAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls.RunAsync(
                "HeadObject", key, token => client.GetObjectMetadataAsync(
                    new GetObjectMetadataRequest { BucketName = bucket, Key = key, VersionId = versionId }, token),
                cancellationToken, IsMissing).ConfigureAwait(false);
            return new SourceState(head.ETag, head.ContentLength, head.LastModified);
        }
        catch (AmazonS3Exception missing) when (IsMissing(missing))
        {
            return null;
        }

        static bool IsMissing(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.NotFound;
    }

    /// <summary>Reads the current state of a copy's source.</summary>
    /// <returns>The state; null when the source is no longer the object that was verified.</returns>
    public async Task<SourceState?> FindVerifiedAsync(ConditionalCopy copy, CancellationToken cancellationToken) =>
        await FindAsync(copy.SourceKey, copy.SourceVersionId, cancellationToken).ConfigureAwait(false) is { } now
            && now.ETag == copy.SourceETag && now.Size == copy.Size ? now : null;
}

/// <summary>The state of an object at one moment.</summary>
internal sealed record SourceState(string ETag, long Size, DateTime? LastModified);
