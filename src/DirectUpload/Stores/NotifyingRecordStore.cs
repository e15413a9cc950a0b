namespace DirectUpload.Stores;

/// <summary>Decorates a store with a callback for every change that this process makes.</summary>
/// <param name="store">The decorated store.</param>
/// <param name="changed">
/// The callback. It receives each changed record as it was stored, with the <see cref="UploadRecord.NotifyAt"/> that was passed to the
/// store.
/// </param>
/// <param name="queues">
/// Whether changes queue notifications. True when this host has event handlers, or runs no worker: the handlers may then be in the host
/// that runs the worker.
/// </param>
internal sealed class NotifyingRecordStore(IUploadRecordStore store, Action<UploadRecord> changed, bool queues = true) : IUploadRecordStore
{
    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        store.AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        store.FindAsync(id, cancellationToken);

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var change = queues ? record : record with { NotifyAt = null };
        var updated = await store.TryUpdateAsync(change, cancellationToken).ConfigureAwait(false);
        if (updated is not null)
            changed(updated with { NotifyAt = change.NotifyAt });
        return updated;
    }

    /// <summary>Calls the callback for a record that was changed in a transaction of the application.</summary>
    public void NotifyChanged(UploadRecord record) => changed(record);

    public ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.LeaseNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        store.TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.LeaseDueAsync(now, until, limit, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) => store.ListAsync(filter, limit, cancellationToken);

    public ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        store.GetUsageAsync(query, cancellationToken);

    public ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        store.GetBacklogAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        store.ListAllAsync(filter, cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => store.DeleteAsync(id, cancellationToken);

    public ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        store.PurgeExpiredAsync(now, limit, cancellationToken);
}
