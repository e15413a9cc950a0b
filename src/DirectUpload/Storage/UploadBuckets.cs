using System.Collections.Concurrent;

namespace DirectUpload.Storage;

/// <summary>The buckets by their S3 names, each opened on first use and kept.</summary>
internal sealed class UploadBuckets(Func<string, IUploadBucket> open)
{
    private readonly ConcurrentDictionary<string, IUploadBucket> _buckets = new(StringComparer.Ordinal);

    /// <exception cref="StorageRefusedException">The bucket's client could not be made, such as for want of a region.</exception>
    public IUploadBucket Get(string bucket) => _buckets.TryGetValue(bucket, out var known) ? known : _buckets.GetOrAdd(bucket, Open(bucket));

    private IUploadBucket Open(string bucket)
    {
        try
        {
            return open(bucket);
        }
        catch (Exception failure) when (failure is Amazon.Runtime.AmazonClientException)
        {
            throw StorageFailures.Translate(new StorageCall(bucket, "its client"), failure);
        }
    }
}
