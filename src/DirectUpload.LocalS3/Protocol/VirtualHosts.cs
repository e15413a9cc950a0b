using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Finds the bucket in a host name: <c>photos</c> in <c>photos.s3.localhost:5081</c>.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html</remarks>
internal sealed class VirtualHosts(IEnumerable<string> suffixes)
{
    public static readonly VirtualHosts None = new([]);

    // The longest suffix applies: "photos.s3.localhost" is the bucket "photos" of "s3.localhost", not "photos.s3" of "localhost".
    private readonly string[] _suffixes = [.. suffixes.OrderByDescending(suffix => suffix.Length)];

    /// <summary>Indicates whether a host is one of the suffixes, or the virtual host of a bucket.</summary>
    public bool IsKnownHost(string host) =>
        TryGetBucket(host, out _) || _suffixes.Any(suffix => host.Equals(suffix, StringComparison.OrdinalIgnoreCase));

    /// <param name="host">The Host header without the port.</param>
    /// <param name="bucket">The part before the suffix; bucket names may contain dots.</param>
    /// <returns>False if the host contains no bucket; the path contains it then.</returns>
    public bool TryGetBucket(string host, [NotNullWhen(true)] out string? bucket)
    {
        bucket = null;
        foreach (var suffix in _suffixes)
        {
            if (host.Equals(suffix, StringComparison.OrdinalIgnoreCase))
                return false;
            if (host.Length <= suffix.Length + 1 || host[^(suffix.Length + 1)] != '.'
                || !host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            bucket = host[..^(suffix.Length + 1)].ToLowerInvariant();
            return true;
        }
        return false;
    }
}
