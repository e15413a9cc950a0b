using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance;

/// <summary>Asserts how a store behaves while its database is unavailable.</summary>
public static class StoreAssert
{
    /// <summary>The contract's 30 seconds, and 10 more for a busy machine.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(40);

    /// <summary>Asserts that every method of a store throws <see cref="RecordStoreUnavailableException"/> within 30 seconds.</summary>
    /// <remarks>
    /// Before the call, the test stops, disconnects, locks, fills or suspends the database; only the tests of a store know how.
    /// </remarks>
    /// <param name="store">A store whose database is unavailable.</param>
    /// <param name="known">A record that the database contains.</param>
    /// <param name="readsWork">Whether reads still work, as on a full disk or during a write of another process.</param>
    /// <param name="purgesAutomatically">Whether the database purges records itself, so that the store sends no request to purge.</param>
    /// <returns>A task that completes when every method has thrown.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="store"/> or <paramref name="known"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="Xunit.Sdk.XunitException">A method did not throw, or threw another exception.</exception>
    public static async Task IsUnavailableAsync(
        IUploadRecordStore store, UploadRecord known, bool readsWork = false, bool purgesAutomatically = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(known);
        (string Method, bool Writes, Func<Task> Call)[] calls =
        [
            (nameof(store.AddAsync), true, () => store.AddAsync(SampleRecords.Create()).AsTask()),
            (nameof(store.FindAsync), false, () => store.FindAsync(known.Id).AsTask()),
            (nameof(store.TryUpdateAsync), true,
                () => store.TryUpdateAsync(known with { Attempts = 7, FileName = new string('n', 200) }).AsTask()),
            (nameof(store.LeaseDueAsync), true,
                () => store.LeaseDueAsync(SampleRecords.Start.AddDays(1), SampleRecords.Start.AddDays(2), 10).AsTask()),
            (nameof(store.LeaseNotificationsAsync), true,
                () => store.LeaseNotificationsAsync(SampleRecords.Start.AddDays(1), SampleRecords.Start.AddDays(2), 10).AsTask()),
            (nameof(store.TrySaveCheckpointsAsync), true,
                () => store.TrySaveCheckpointsAsync(
                    new(known, SampleRecords.Start, SampleRecords.Start), new Dictionary<string, DateTimeOffset>(), null).AsTask()),
            ($"{nameof(store.ListAsync)} of an owner", false, () => store.ListAsync(UploadFilter.ForOwner("ada"), 10).AsTask()),
            ($"{nameof(store.ListAsync)} of an association", false,
                () => store.ListAsync(UploadFilter.ForAssociation("user", "42"), 10).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of pending uploads", false,
                () => store.CountPendingAsync("photos", "ada", SampleRecords.Start).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of created uploads", false,
                () => store.CountCreatedAsync("ada", SampleRecords.Start, 10).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of stored bytes", false,
                () => store.GetStoredBytesAsync("photos", "ada", SampleRecords.Start).AsTask()),
            (nameof(store.GetBacklogAsync), false, () => store.GetBacklogAsync(SampleRecords.Start, 10).AsTask()),
            (nameof(store.ListAllAsync), false, async () => await store.ListAllAsync().CountAsync()),
            ($"{nameof(store.ListAllAsync)} with a filter", false,
                async () => await store.ListAllAsync(UploadFilter.ForAll() with { Status = UploadStatus.Ready }).CountAsync()),
            (nameof(store.DeleteAsync), true, () => store.DeleteAsync(known.Id).AsTask()),
            (nameof(store.PurgeExpiredAsync), true, () => store.PurgeExpiredAsync(SampleRecords.Start, 10).AsTask()),
        ];
        // All at once: with a hung database, one call after the other would take minutes.
        await Task.WhenAll(calls.Where(call => (call.Writes || !readsWork) && (call.Method != nameof(store.PurgeExpiredAsync)
            || !purgesAutomatically)).Select(call => Task.Run(async () =>
        {
            var since = Stopwatch.StartNew();
            var thrown = await Record.ExceptionAsync(() => call.Call().WaitAsync(MaxDuration));
            ContractAssert.That(
                thrown is RecordStoreUnavailableException,
                $"{call.Method} must throw RecordStoreUnavailableException while the database is unavailable; after " +
                $"{since.Elapsed.TotalSeconds:0.0} s it threw {thrown?.ToString() ?? "nothing"}.");
        })));
    }
}
