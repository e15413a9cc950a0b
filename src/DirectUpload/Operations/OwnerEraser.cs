using DirectUpload.Cleanup;
using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Deletes all objects of an owner and erases the personal data in the records.</summary>
/// <remarks>Each record is changed before its objects are deleted, so a worker completes an erasure that a crash interrupted.</remarks>
internal sealed class OwnerEraser(RecordUpdater records, UploadCleaner cleaner)
{
    private const int PageSize = 100;
    private const int MaxConcurrency = 8;

    /// <summary>Erases the uploads of an owner.</summary>
    /// <returns>The number of uploads that were erased by this call.</returns>
    public async Task<int> EraseAsync(string owner, CancellationToken cancellationToken)
    {
        var erased = 0;
        for (var filter = UploadFilter.ForOwner(owner); ;)
        {
            var page = await records.Store.ListAsync(filter, PageSize, cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(
                page,
                new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken },
                async (record, ending) =>
                {
                    if (await EraseAsync(record, ending).ConfigureAwait(false))
                        Interlocked.Increment(ref erased);
                }).ConfigureAwait(false);
            if (page.Count < PageSize)
                return erased;
            filter = filter with { Before = page[^1].Id };
        }
    }

    private async Task<bool> EraseAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        UploadEvent? erasure = null;
        var erased = await records.UpdateAsync(
            record, current => erasure = PersonalData.IsErased(current) ? null : new UploadEvent.Erased(), cancellationToken)
            .ConfigureAwait(false);
        // The objects of an upload that was erased before may still exist: then its worker has not deleted them yet.
        if (erased is { NextActionAt: not null })
            await cleaner.CleanUpAsync(erased, queueNotifications: false, cancellationToken).ConfigureAwait(false);
        return erased is not null && erasure is not null;
    }
}
