using System.Runtime.CompilerServices;
using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload;

/// <summary>Compares the objects in the buckets with the records, and reports and deletes discrepancies.</summary>
/// <remarks>
/// <para>Reconciliation finds what the normal lifecycle of uploads cannot detect, for example:</para>
/// <list type="bullet">
/// <item><description>an object that a slow PUT wrote after the last cleanup;</description></item>
/// <item><description>an object that was copied although the response of the copy was lost;</description></item>
/// <item><description>an object that an operator deleted by hand.</description></item>
/// </list>
/// <para>
/// Run it once a day or once a week. It can run while uploads are processed, and it keeps only a few pages in memory. Instances are safe
/// for concurrent use.
/// </para>
/// <para>
/// The scan covers objects below the staging prefix and the constant prefixes of the key templates whose keys contain the id of an upload.
/// Applications with different record stores must not share these prefixes in one bucket; otherwise each reports the objects of the other
/// as orphans.
/// </para>
/// </remarks>
public sealed class UploadReconciler
{
    private const int MaxConcurrency = 16;

    private readonly IUploadRecordStore _store;
    private readonly UploadBuckets _buckets;
    private readonly DirectUploadOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<UploadReconciler> _logger;

    internal UploadReconciler(
        IUploadRecordStore store, UploadBuckets buckets, DirectUploadOptions options, TimeProvider clock, ILogger<UploadReconciler> logger)
    {
        _store = store;
        _buckets = buckets;
        _options = options;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Finds and logs the discrepancies between buckets and records, without changing anything.</summary>
    /// <param name="minAge">
    /// The minimum age of an orphan or an incomplete multipart upload, so that new ones are not reported: at least 1 hour. Null for 1 day.
    /// </param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <returns>The discrepancies, as the scan finds them.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minAge"/> is less than 1 hour.</exception>
    /// <exception cref="StorageUnavailableException">Storage is unavailable.</exception>
    /// <exception cref="StorageRefusedException">Storage refused the configuration of the application.</exception>
    /// <exception cref="RecordStoreUnavailableException">The record store is unavailable.</exception>
    public async IAsyncEnumerable<Discrepancy> ScanAsync(
        TimeSpan? minAge = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var age = minAge ?? TimeSpan.FromDays(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.FromHours(1), nameof(minAge));
        await foreach (var found in FindAsync(_clock.GetUtcNow() - age, cancellationToken).ConfigureAwait(false))
        {
            _logger.DiscrepancyFound(found.Kind, found.Bucket, LogText.Sanitize(found.Key, LogText.MaxKeyLength), found.Size, found.Since);
            yield return found;
        }
    }

    /// <summary>Deletes an orphan, or aborts an incomplete multipart upload.</summary>
    /// <remarks>The method first verifies again that no upload needs the object.</remarks>
    /// <param name="found">The discrepancy, from <see cref="ScanAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// True if the object was deleted or the multipart upload was aborted; false if an upload needs it, or if the kind of discrepancy does
    /// not allow deletion.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="found"/> is null.</exception>
    /// <exception cref="StorageUnavailableException">Storage is unavailable.</exception>
    /// <exception cref="StorageRefusedException">Storage refused the configuration of the application.</exception>
    /// <exception cref="RecordStoreUnavailableException">The record store is unavailable.</exception>
    public async Task<bool> DeleteAsync(Discrepancy found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (found.Kind is not (DiscrepancyKind.Orphan or DiscrepancyKind.IncompleteMultipartUpload)
            || await IsReferencedAsync(found.Bucket, found.Key, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var bucket = _buckets.Get(found.Bucket);
        if (found.MultipartUploadId is { } multipart)
        {
            var incomplete = new IncompleteMultipartUpload(found.Key, multipart, found.Since);
            await bucket.AbortMultipartUploadAsync(incomplete, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await bucket.DeleteAsync(found.Key, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async IAsyncEnumerable<Discrepancy> FindAsync(
        DateTimeOffset latest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (bucket, prefix) in GetPrefixes())
        {
            await foreach (var orphan in FindOrphansAsync(bucket, prefix, latest, cancellationToken).ConfigureAwait(false))
                yield return orphan;
            await foreach (var incomplete in FindIncompleteMultipartUploadsAsync(
                bucket, prefix, latest, cancellationToken).ConfigureAwait(false))
                yield return incomplete;
        }

        await foreach (var broken in FindBrokenUploadsAsync(cancellationToken).ConfigureAwait(false))
            yield return broken;
    }

    private IAsyncEnumerable<Discrepancy> FindOrphansAsync(
        string bucket, string prefix, DateTimeOffset latest, CancellationToken cancellationToken) =>
        ConcurrentSelect.SelectAsync(
            _buckets.Get(bucket).ListAsync(prefix, cancellationToken),
            MaxConcurrency,
            async (found, token) => found.LastModified <= latest && FindUploadId(found.Key) is { } id
                && !await IsReferencedAsync(bucket, found.Key, token).ConfigureAwait(false)
                ? new Discrepancy(DiscrepancyKind.Orphan, bucket, found.Key, id, found.Size, found.LastModified)
                : null,
            cancellationToken);

    private IAsyncEnumerable<Discrepancy> FindIncompleteMultipartUploadsAsync(
        string bucket, string prefix, DateTimeOffset latest, CancellationToken cancellationToken) =>
        ConcurrentSelect.SelectAsync(
            _buckets.Get(bucket).ListIncompleteMultipartUploadsAsync(prefix, cancellationToken),
            MaxConcurrency,
            async (found, token) => found.Initiated <= latest && FindUploadId(found.Key) is { } id
                && !await IsReferencedAsync(bucket, found.Key, token).ConfigureAwait(false)
                ? new Discrepancy(DiscrepancyKind.IncompleteMultipartUpload, bucket, found.Key, id, 0, found.Initiated)
                {
                    MultipartUploadId = found.UploadId,
                }
                : null,
            cancellationToken);

    private IAsyncEnumerable<Discrepancy> FindBrokenUploadsAsync(CancellationToken cancellationToken) =>
        ConcurrentSelect.SelectAsync(
            _store.ListAllAsync(cancellationToken: cancellationToken), MaxConcurrency, FindBrokenUploadAsync, cancellationToken);

    private async Task<Discrepancy?> FindBrokenUploadAsync(UploadRecord listed, CancellationToken cancellationToken)
    {
        if (listed.Status != UploadStatus.Ready || await FindDiscrepancyKindAsync(listed, cancellationToken).ConfigureAwait(false) is null)
            return null;
        // The upload may have been deleted after it was listed.
        return await _store.FindAsync(listed.Id, cancellationToken).ConfigureAwait(false) is { Status: UploadStatus.Ready } record
            && await FindDiscrepancyKindAsync(record, cancellationToken).ConfigureAwait(false) is { } kind
            ? new Discrepancy(kind, record.Bucket, record.FinalKey, record.Id, record.Size ?? record.DeclaredSize, record.UpdatedAt)
            : null;
    }

    private async Task<DiscrepancyKind?> FindDiscrepancyKindAsync(UploadRecord ready, CancellationToken cancellationToken)
    {
        var stored = await _buckets.Get(ready.Bucket).HeadAsync(ready.FinalKey, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            return DiscrepancyKind.Missing;
        return stored.ETag == ready.ETag ? null : DiscrepancyKind.Changed;
    }

    // An upload that is not terminal may need any of its objects. A terminal upload needs the objects that it serves; its next cleanup
    // handles the others.
    private async Task<bool> IsReferencedAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        if (!UploadId.TryFindIn(key, out var id))
            return false;
        try
        {
            return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record && record.Bucket == bucket
                && (!record.Status.IsTerminal() || record.Status == UploadStatus.Failed || record.NextActionAt is not null
                    || record.IsServedObject(key));
        }
        catch (UnreadableRecordException)
        {
            // The upload exists, but which objects it needs is unknown.
            return true;
        }
    }

    private static UploadId? FindUploadId(string key) => UploadId.TryFindIn(key, out var id) ? id : null;

    /// <summary>Returns the buckets and the key prefixes of uploads in them, without prefixes that a shorter one covers.</summary>
    private IEnumerable<(string Bucket, string Prefix)> GetPrefixes() =>
        _options.Profiles.Values
            .SelectMany(profile =>
            {
                var bucket = _options.GetBucketName(profile);
                var finalPrefix = KeyTemplate.GetConstantPrefix(profile.KeyTemplate, profile.Name);
                return new[] { (Bucket: bucket, Prefix: _options.StagingPrefix), (Bucket: bucket, Prefix: finalPrefix) };
            })
            .GroupBy(location => location.Bucket, location => location.Prefix)
            .SelectMany(prefixes => prefixes.Distinct()
                .Where(prefix => !prefixes.Any(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)))
                .Select(prefix => (prefixes.Key, prefix)));
}
