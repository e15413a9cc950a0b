using DirectUpload.Stores;

namespace DirectUpload.Tests.Flows;

/// <summary>A store with a way to go before and after each call, on which others may be faster.</summary>
internal sealed class RandomDelayStore(IUploadRecordStore store, RandomScheduler pace) : IUploadRecordStore
{
    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.AddAsync(record, cancellationToken));

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.FindAsync(id, cancellationToken));

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.TryUpdateAsync(changed, cancellationToken));

    public ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.LeaseDueAsync(now, until, limit, cancellationToken));

    public ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.LeaseNotificationsAsync(now, until, limit, cancellationToken));

    public ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        RunAsync(() => store.TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken));

    public ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.ListAsync(filter, limit, cancellationToken));

    public ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.GetUsageAsync(query, cancellationToken));

    public ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        RunAsync(() => store.GetBacklogAsync(now, limit, cancellationToken));

    public IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        store.ListAllAsync(filter, cancellationToken);

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await pace.DelayAsync();
        await store.DeleteAsync(id, cancellationToken);
        await pace.DelayAsync();
    }

    // Records stay, so that each race can be judged at its end.
    public ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(0);

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call)
    {
        await pace.DelayAsync();
        var answer = await call();
        await pace.DelayAsync();
        return answer;
    }
}
