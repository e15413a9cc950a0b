using System.Collections.Concurrent;

namespace DirectUpload.Storage;

/// <summary>Caches the buckets by their S3 names; each is created on first use.</summary>
internal sealed class UploadBuckets(Func<string, IUploadBucket> open)
{
    private readonly ConcurrentDictionary<string, IUploadBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Gets a bucket.</summary>
    /// <exception cref="StorageRefusedException">
    /// The bucket's client could not be created, for example because the region is missing.
    /// </exception>
    public IUploadBucket Get(string bucket) =>
        _buckets.TryGetValue(bucket, out var known) ? known : _buckets.GetOrAdd(bucket, Open(bucket));

    private IUploadBucket Open(string bucket)
    {
        try
        {
            return open(bucket);
        }
        catch (Exception failure) when (failure is Amazon.Runtime.AmazonClientException)
        {
            throw StorageErrorTranslator.Translate(new StorageCall(bucket, "its client"), failure);
        }
    }
}
