using System.Runtime.CompilerServices;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload;

/// <summary>
/// Compares what is in the buckets with the records, in both directions: for what no life cycle can see, such as an object that a slow PUT wrote after the last clean-up, one that a copy wrote
/// whose answer was lost, or one that somebody deleted by hand. Run it once a day or a week. Holds a few pages in memory, however much there is. Safe for
/// concurrent use, and beside everything else.
/// </summary>
/// <remarks>
/// Only objects below the staging prefix and the constant beginnings of the profiles' key templates are looked at, and of those only such as have an upload's id in their key. Two applications with
/// different record stores must not share these prefixes in one bucket: each would take the other's objects for orphans.
/// </remarks>
public sealed class UploadReconciliation
{
    private const int AtOnce = 16;

    private readonly IUploadRecordStore _store;
    private readonly UploadBuckets _buckets;
    private readonly DirectUploadOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<UploadReconciliation> _logger;

    internal UploadReconciliation(
        IUploadRecordStore store, UploadBuckets buckets, DirectUploadOptions options, TimeProvider clock, ILogger<UploadReconciliation> logger)
    {
        _store = store;
        _buckets = buckets;
        _options = options;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Finds every discrepancy, and changes nothing.</summary>
    /// <param name="minAge">How old an orphan must be, so that nothing under way is taken for one: at least 1 hour; null means 1 day.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async IAsyncEnumerable<Discrepancy> FindAsync(TimeSpan? minAge = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var age = minAge ?? TimeSpan.FromDays(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.FromHours(1), nameof(minAge));
        var youngest = _clock.GetUtcNow() - age;
        foreach (var (bucket, prefix) in Places())
        {
            await foreach (var orphan in OrphansAsync(bucket, prefix, youngest, cancellationToken).ConfigureAwait(false))
                yield return orphan;
            await foreach (var unfinished in UnfinishedAsync(bucket, prefix, youngest, cancellationToken).ConfigureAwait(false))
                yield return unfinished;
        }

        await foreach (var broken in BrokenAsync(cancellationToken).ConfigureAwait(false))
            yield return broken;
    }

    /// <summary>
    /// Finds every discrepancy and reports it to the log; then, if told so, deletes what is an orphan and aborts what is unfinished. Records and the objects of ready uploads are never touched.
    /// </summary>
    /// <param name="delete">Whether to delete; false only reports.</param>
    /// <param name="minAge">As for <see cref="FindAsync"/>.</param>
    /// <param name="cancellationToken">Ends the work; what was deleted by then is deleted.</param>
    /// <returns>How many of each kind were found.</returns>
    public async Task<ReconciliationReport> ReconcileAsync(bool delete, TimeSpan? minAge = null, CancellationToken cancellationToken = default)
    {
        var report = new ReconciliationReport();
        await foreach (var found in FindAsync(minAge, cancellationToken).ConfigureAwait(false))
        {
            _logger.Discrepancy(found.Kind, found.Bucket, LogText.Sanitize(found.Key, LogText.Key), found.Size, found.Since);
            var deleted = delete && await DeleteAsync(found, cancellationToken).ConfigureAwait(false);
            report = report.With(found, deleted);
        }

        return report;
    }

    /// <summary>Deletes an orphan, or aborts a multipart upload, after looking once more whether any upload needs it now. False when one does, or the kind is none that may be deleted.</summary>
    public async Task<bool> DeleteAsync(Discrepancy found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (found.Kind is not (DiscrepancyKind.Orphan or DiscrepancyKind.UnfinishedMultipart)
            || await IsNeededAsync(found.Bucket, found.Key, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var bucket = _buckets.Get(found.Bucket);
        if (found.MultipartUploadId is { } multipart)
            await bucket.AbortAsync(new UnfinishedMultipart(found.Key, multipart, found.Since), cancellationToken).ConfigureAwait(false);
        else
            await bucket.DeleteAsync(found.Key, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private IAsyncEnumerable<Discrepancy> OrphansAsync(string bucket, string prefix, DateTimeOffset youngest, CancellationToken cancellationToken) =>
        Batches.SelectAsync(
            _buckets.Get(bucket).ListAsync(prefix, cancellationToken),
            AtOnce,
            async (found, cancelled) => found.LastModified <= youngest && OwnerOf(found.Key) is { } id && !await IsNeededAsync(bucket, found.Key, cancelled).ConfigureAwait(false)
                ? new Discrepancy(DiscrepancyKind.Orphan, bucket, found.Key, id, found.Size, found.LastModified)
                : null,
            cancellationToken);

    private IAsyncEnumerable<Discrepancy> UnfinishedAsync(string bucket, string prefix, DateTimeOffset youngest, CancellationToken cancellationToken) =>
        Batches.SelectAsync(
            _buckets.Get(bucket).ListUnfinishedAsync(prefix, cancellationToken),
            AtOnce,
            async (found, cancelled) => found.Initiated <= youngest && OwnerOf(found.Key) is { } id && !await IsNeededAsync(bucket, found.Key, cancelled).ConfigureAwait(false)
                ? new Discrepancy(DiscrepancyKind.UnfinishedMultipart, bucket, found.Key, id, 0, found.Initiated) { MultipartUploadId = found.UploadId }
                : null,
            cancellationToken);

    private IAsyncEnumerable<Discrepancy> BrokenAsync(CancellationToken cancellationToken) =>
        Batches.SelectAsync(_store.ListAllAsync(cancellationToken), AtOnce, FindBrokenAsync, cancellationToken);

    private async Task<Discrepancy?> FindBrokenAsync(UploadRecord listed, CancellationToken cancellationToken)
    {
        if (listed.Status != UploadStatus.Ready || await FindFaultAsync(listed, cancellationToken).ConfigureAwait(false) is null)
            return null;
        // It may have been deleted between the listing and the look.
        return await _store.FindAsync(listed.Id, cancellationToken).ConfigureAwait(false) is { Status: UploadStatus.Ready } record
            && await FindFaultAsync(record, cancellationToken).ConfigureAwait(false) is { } kind
            ? new Discrepancy(kind, record.Bucket, record.FinalKey, record.Id, record.Size ?? record.ClaimedSize, record.UpdatedAt)
            : null;
    }

    private async Task<DiscrepancyKind?> FindFaultAsync(UploadRecord ready, CancellationToken cancellationToken)
    {
        var stored = await _buckets.Get(ready.Bucket).HeadAsync(ready.FinalKey, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            return DiscrepancyKind.Missing;
        return stored.ETag == ready.ETag ? null : DiscrepancyKind.Changed;
    }

    // Until an upload is settled anything of its own may be needed; afterwards what it serves, and what its next clean-up will see to.
    private async Task<bool> IsNeededAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        if (!UploadId.TryFindIn(key, out var id))
            return false;
        try
        {
            return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record && record.Bucket == bucket
                && (!record.Status.IsSettled() || record.Status == UploadStatus.Failed || record.DueAt is not null || record.Serves(key));
        }
        catch (UnreadableRecordException)
        {
            // The upload exists, and what it needs is unknown.
            return true;
        }
    }

    private static UploadId? OwnerOf(string key) => UploadId.TryFindIn(key, out var id) ? id : null;

    /// <summary>The buckets, and what the keys of uploads in them begin with; a beginning that another covers is left out.</summary>
    private IEnumerable<(string Bucket, string Prefix)> Places() =>
        _options.Profiles.Values
            .SelectMany(profile =>
            {
                var bucket = _options.BucketOf(profile);
                return new[] { (Bucket: bucket, Prefix: _options.StagingPrefix), (Bucket: bucket, Prefix: KeyTemplate.ConstantBeginning(profile.KeyTemplate, profile.Name)) };
            })
            .GroupBy(place => place.Bucket, place => place.Prefix)
            .SelectMany(place => place.Distinct()
                .Where(prefix => !place.Any(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)))
                .Select(prefix => (place.Key, prefix)));
}
