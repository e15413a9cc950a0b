using DirectUpload.Cleanup;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Operations;

/// <summary>Deletes the older uploads of an entity once a newer one has replaced them.</summary>
/// <remarks>
/// The record of the newer upload says that it replaces others, so a worker completes a replacement that a crash interrupted. The worker
/// repeats it also after a success, because the list of a store may lag behind writes.
/// </remarks>
internal sealed class UploadReplacement(RecordUpdater records, UploadCleaner cleaner, ILogger<UploadReplacement> logger)
{
    private const int PageSize = 100;

    private static readonly UploadError ReplacedError = new(
        UploadErrorCodes.Replaced, "Another upload was attached in place of this one.");

    /// <summary>Deletes the replaced uploads now, or leaves them to the worker when the store is unavailable.</summary>
    public async Task TryDeleteReplacedAsync(UploadRecord newer, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteReplacedAsync(newer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unavailable) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ObjectCleanupFailed(unavailable, newer.Id, newer.Status);
        }
    }

    /// <summary>Deletes the replaced uploads, and records that there are no more.</summary>
    /// <returns>The record afterwards; null when another caller changed it first.</returns>
    public async Task<UploadRecord?> CompleteAsync(UploadRecord newer, CancellationToken cancellationToken)
    {
        await DeleteReplacedAsync(newer, cancellationToken).ConfigureAwait(false);
        return await records.TryUpdateAsync(newer, new UploadEvent.ReplacementEnded(), cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteReplacedAsync(UploadRecord newer, CancellationToken cancellationToken)
    {
        var association = newer.Association!;
        var filter = UploadFilter.ForAssociation(association.Type, association.Id, association.Kind);
        while (true)
        {
            var page = await records.Store.ListAsync(filter, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var other in page)
            {
                UploadEvent? end = null;
                var ended = await records.UpdateAsync(
                    other,
                    current => end = IsReplacedBy(current, newer) ? UploadOperations.CreateEnd(current, ReplacedError) : null,
                    cancellationToken).ConfigureAwait(false);
                if (ended is not null && end is not null)
                    await cleaner.TryCleanUpAsync(ended, cancellationToken).ConfigureAwait(false);
            }

            if (page.Count < PageSize)
                return;
            filter = filter with { Before = page[^1].Id };
        }
    }

    // Of two uploads that replace each other at the same time, each host keeps the same one.
    private static bool IsReplacedBy(UploadRecord record, UploadRecord newer) =>
        record.Association == newer.Association
        && (record.AttachedAt is not null || record.Status == UploadStatus.Ready)
        && (record.AttachedAt ?? record.CreatedAt, record.Id).CompareTo((newer.AttachedAt!.Value, newer.Id)) < 0;
}
