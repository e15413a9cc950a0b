using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

/// <summary>The store in memory, but the first counts are answered only once so many have asked: everybody sees the same free place.</summary>
internal sealed class CrowdedStore(int crowd) : IUploadRecordStore
{
    private readonly InMemoryUploadRecordStore _store = new();
    private readonly TaskCompletionSource _complete = new();
    private int _waiting;

    public async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var pending = await _store.CountPendingAsync(profile, owner, now, cancellationToken);
        if (Interlocked.Increment(ref _waiting) == crowd)
            _complete.SetResult();
        await _complete.Task;
        return pending;
    }

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        _store.CountCreatedAsync(owner, since, limit, cancellationToken);

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) => _store.SumHeldBytesAsync(profile, owner, now, cancellationToken);

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => _store.MeasureDueAsync(now, limit, cancellationToken);

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) => _store.AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => _store.FindAsync(id, cancellationToken);

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        _store.TryUpdateAsync(changed, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        _store.ClaimDueAsync(now, until, limit, cancellationToken);

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        _store.ClaimNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        _store.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        _store.ListByOwnerAsync(owner, limit, before, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => _store.ListAllAsync(cancellationToken);

    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        _store.RetireAsync(now, limit, cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => _store.DeleteAsync(id, cancellationToken);
}
