using System.Collections.Concurrent;
using DirectUpload.Signing.Checks;

namespace DirectUpload.Signing;

/// <summary>The buckets that uploads go to, by their S3 names; each is connected on first use and kept.</summary>
internal sealed class BucketConnections(string? defaultBucket, Func<string, BucketConnection> connect)
{
    private readonly ConcurrentDictionary<string, BucketConnection> _connections = new(StringComparer.Ordinal);
    private BucketConnection? _default;

    /// <exception cref="ArgumentException">No bucket can have that name.</exception>
    /// <exception cref="InvalidOperationException">No name is given and no default is configured.</exception>
    public BucketConnection Get(string? bucket)
    {
        if (!string.IsNullOrEmpty(bucket))
            return _connections.GetOrAdd(bucket, Connect);
        return _default ??= string.IsNullOrEmpty(defaultBucket)
            ? throw new InvalidOperationException(
                "No bucket is named and no default is configured. Set it: AddDirectUploads(o => o.Bucket = \"my-bucket\"), or \"DirectUploads:Bucket\" in the configuration.")
            : _connections.GetOrAdd(defaultBucket, Connect);
    }

    private BucketConnection Connect(string bucket)
    {
        HeaderText.ThrowIf(BucketNameCheck.FindFault("Bucket", bucket));
        return connect(bucket);
    }
}
