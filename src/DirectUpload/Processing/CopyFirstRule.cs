using System.Collections.Concurrent;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Decides whether a confirm copies the object first and verifies the copy, which takes two calls to storage.</summary>
/// <remarks>
/// The source's ETag is not known then, so only the condition that the copy is new keeps a late duplicate of the request from replacing a
/// copy that was inspected. Servers without that condition are found out once for each bucket; there the object is verified first.
/// </remarks>
internal sealed class CopyFirstRule(UploadBuckets buckets, DirectUploadOptions options)
{
    /// <summary>
    /// The size of the largest object that is copied first, in bytes. Copies of larger ones take seconds, in which the status should show
    /// that the upload is processed.
    /// </summary>
    public const long MaxSize = 100 * 1024 * 1024;

    // False while the test of a bucket runs.
    private readonly ConcurrentDictionary<string, bool> _verifiesCopies = new(StringComparer.Ordinal);

    /// <summary>Decides for an upload whose object may have arrived.</summary>
    /// <remarks>Only the first confirm copies first: if it found nothing, the next ones look before they copy.</remarks>
    public async Task<bool> AppliesAsync(UploadRecord record, UploadProfile profile, CancellationToken cancellationToken) =>
        !profile.RequiresWorker() && record is { Attempts: 0, RequiredProcessors.Count: 0, DeclaredSize: <= MaxSize }
        && record.FinalKey != record.StagingKey
        && await VerifiesCopiesAsync(record.Bucket, cancellationToken).ConfigureAwait(false);

    private async Task<bool> VerifiesCopiesAsync(string bucket, CancellationToken cancellationToken)
    {
        if (!_verifiesCopies.TryAdd(bucket, false))
            return _verifiesCopies.TryGetValue(bucket, out var known) && known;
        var isConclusive = false;
        try
        {
            var verifies = await buckets.Get(bucket).VerifiesCopiesAsync(
                $"{options.StagingPrefix}health/{UploadToken.Create().Value}.txt", cancellationToken).ConfigureAwait(false);
            isConclusive = true;
            return _verifiesCopies[bucket] = verifies;
        }
        catch (StorageRefusedException)
        {
            // The application may not write such objects, and nothing depends on them.
            isConclusive = true;
            return false;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
        finally
        {
            // The next confirm repeats a test that proved nothing.
            if (!isConclusive)
                _verifiesCopies.TryRemove(bucket, out _);
        }
    }
}
