using System.Collections.Concurrent;

namespace DirectUpload.Storage;

/// <summary>The buckets by their S3 names, each opened on first use and kept.</summary>
internal sealed class UploadBuckets(Func<string, IUploadBucket> open)
{
    private readonly ConcurrentDictionary<string, IUploadBucket> _buckets = new(StringComparer.Ordinal);

    public IUploadBucket Get(string bucket) => _buckets.GetOrAdd(bucket, open);
}
