using System.Collections.Concurrent;
using DirectUpload.Presigning.Checks;

namespace DirectUpload.Presigning;

/// <summary>Caches the connections of buckets by name; each is created on first use.</summary>
internal sealed class BucketConnections(string? defaultBucket, Func<string, BucketConnection> connect)
{
    private readonly ConcurrentDictionary<string, BucketConnection> _connections = new(StringComparer.Ordinal);
    private BucketConnection? _default;

    /// <exception cref="ArgumentException">The name is not a valid bucket name.</exception>
    /// <exception cref="InvalidOperationException">No name is given and no default bucket is configured.</exception>
    public BucketConnection Get(string? bucket)
    {
        if (!string.IsNullOrEmpty(bucket))
            return _connections.TryGetValue(bucket, out var known) ? known : _connections.GetOrAdd(bucket, Connect);
        return _default ??= string.IsNullOrEmpty(defaultBucket)
            ? throw new InvalidOperationException(
                "The request names no bucket, and no default bucket is configured. "
                + "Set it: AddDirectUploads(o => o.Bucket = \"my-bucket\"), or \"DirectUploads:Bucket\" in the configuration.")
            : _connections.GetOrAdd(defaultBucket, Connect);
    }

    private BucketConnection Connect(string bucket)
    {
        HeaderText.ThrowIfError(BucketNameCheck.FindError("Bucket", bucket));
        return connect(bucket);
    }
}
