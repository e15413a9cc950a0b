using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Storage;

/// <summary>
/// Whether objects that are finished in place are safe from late parts of their own multipart upload: some servers (OpenStack Swift) accept a part after the upload was completed, and the object is lost.
/// Found out once for each bucket, by doing it.
/// </summary>
internal sealed class InPlaceParts(UploadBuckets buckets, string stagingPrefix, ILogger<InPlaceParts> logger)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <exception cref="StorageUnavailableException">It could not be found out now.</exception>
    /// <exception cref="StorageRefusedException">The application may not do what uploads in parts need.</exception>
    public async Task<bool> AreSafeAsync(string bucketName, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(bucketName, out var known))
            return known;
        if (buckets.Get(bucketName) is not IServerCapabilities server)
            return true;
        var safe = await server.ProtectsInPlacePartsAsync($"{stagingPrefix}health/{UploadToken.New().Value}.txt", cancellationToken).ConfigureAwait(false);
        if (_known.TryAdd(bucketName, safe) && !safe)
            logger.PartsNotSafeInPlace(bucketName);
        return safe;
    }
}
