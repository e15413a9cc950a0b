using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Storage;

/// <summary>Tests, once for each bucket, whether objects that are finalized in place are protected from late parts.</summary>
/// <remarks>Some servers (OpenStack Swift) accept a part after the multipart upload was completed, which destroys the object.</remarks>
internal sealed class InPlacePartProtection(UploadBuckets buckets, DirectUploadOptions options, ILogger<InPlacePartProtection> logger)
{
    private readonly ConcurrentDictionary<string, bool> _cache = new(StringComparer.Ordinal);

    /// <summary>Returns whether the server of a bucket refuses late parts.</summary>
    /// <exception cref="StorageUnavailableException">Storage is unavailable, so the test could not run.</exception>
    /// <exception cref="StorageRefusedException">The application lacks a permission that multipart uploads need.</exception>
    public async Task<bool> ArePartsProtectedAsync(string bucketName, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(bucketName, out var known))
            return known;
        if (buckets.Get(bucketName) is not IServerCapabilities server)
            return true;
        var safe = await server.ProtectsInPlacePartsAsync(
            $"{options.StagingPrefix}health/{UploadToken.Create().Value}.txt", cancellationToken).ConfigureAwait(false);
        if (_cache.TryAdd(bucketName, safe) && !safe)
            logger.InPlacePartsNotProtected(bucketName);
        return safe;
    }
}
