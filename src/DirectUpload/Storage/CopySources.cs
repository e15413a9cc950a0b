using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Looks at the source of a copy again when an answer suggests that it is no longer the object that was verified.</summary>
/// <remarks>
/// OpenStack Swift's S3 API answers 412 to every conditional copy of an object that was uploaded in parts, and Ceph RGW 16 ignores the condition: neither answer proves anything by itself.
/// </remarks>
internal sealed class CopySources(string bucket, IAmazonS3 client, StorageCalls calls)
{
    /// <summary>The answers that may mean that the source has changed or gone.</summary>
    public static bool MayBeGone(AmazonS3Exception answer) =>
        answer.StatusCode == HttpStatusCode.PreconditionFailed || answer.ErrorCode is "NoSuchKey" or "NoSuchVersion";

    /// <summary>The object as it is now; null when there is none.</summary>
    public async Task<SourceState?> FindAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls.RunAsync(
                "HeadObject", key, token => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key, VersionId = versionId }, token),
                cancellationToken, IsMissing).ConfigureAwait(false);
            return new SourceState(head.ETag, head.ContentLength, head.LastModified);
        }
        catch (AmazonS3Exception missing) when (IsMissing(missing))
        {
            return null;
        }

        static bool IsMissing(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.NotFound;
    }

    /// <summary>The source if it is still the object that was verified; null when it is not.</summary>
    public async Task<SourceState?> FindVerifiedAsync(PinnedCopy copy, CancellationToken cancellationToken) =>
        await FindAsync(copy.SourceKey, copy.SourceVersionId, cancellationToken).ConfigureAwait(false) is { } now && now.ETag == copy.SourceETag && now.Size == copy.Size ? now : null;
}

/// <summary>An object as it was at one moment.</summary>
internal sealed record SourceState(string ETag, long Size, DateTime? LastModified);
