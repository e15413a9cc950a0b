using DirectUpload.Stores;

namespace DirectUpload.TestKit.Stores;

/// <summary>
/// A store that passes every call on to another one, for tests that change some of them. The projects that use it compile this file.
/// </summary>
internal abstract class DelegatingRecordStore(IUploadRecordStore store) : IUploadRecordStore
{
    /// <summary>The store that does the work.</summary>
    protected IUploadRecordStore Store => store;

    public virtual ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        store.AddAsync(record, cancellationToken);

    public virtual ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        store.FindAsync(id, cancellationToken);

    public virtual ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        store.TryUpdateAsync(changed, cancellationToken);

    public virtual ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.LeaseDueAsync(now, until, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.LeaseNotificationsAsync(now, until, limit, cancellationToken);

    public virtual ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        store.TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken);

    public virtual ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(filter, limit, cancellationToken);

    public virtual ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        store.GetUsageAsync(query, cancellationToken);

    public virtual ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        store.GetBacklogAsync(now, limit, cancellationToken);

    public virtual IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        store.ListAllAsync(filter, cancellationToken);

    public virtual ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(id, cancellationToken);

    public virtual ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        store.PurgeExpiredAsync(now, limit, cancellationToken);
}
