using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>The store, with a callback for every change that this process makes.</summary>
/// <param name="store">The store.</param>
/// <param name="changed">Receives each changed record as it was stored, with its <see cref="UploadRecord.NotifyAt"/> where notification was asked for.</param>
/// <param name="queues">
/// Whether records are queued for notification: where this host has event handlers, or runs no worker, for then the handlers may be in the host that does.
/// </param>
internal sealed class WatchedRecordStore(IUploadRecordStore store, Action<UploadRecord> changed, bool queues = true) : IUploadRecordStore
{
    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) => store.AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => store.FindAsync(id, cancellationToken);

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var change = queues ? record : record with { NotifyAt = null };
        var updated = await store.TryUpdateAsync(change, cancellationToken).ConfigureAwait(false);
        if (updated is not null)
            changed(updated with { NotifyAt = change.NotifyAt });
        return updated;
    }

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.ClaimNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        store.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.ClaimDueAsync(now, until, limit, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        store.ListByOwnerAsync(owner, limit, before, cancellationToken);

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.CountPendingAsync(profile, owner, now, cancellationToken);

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        store.CountCreatedAsync(owner, since, limit, cancellationToken);

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.SumHeldBytesAsync(profile, owner, now, cancellationToken);

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => store.MeasureDueAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => store.ListAllAsync(cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => store.DeleteAsync(id, cancellationToken);

    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => store.RetireAsync(now, limit, cancellationToken);
}
