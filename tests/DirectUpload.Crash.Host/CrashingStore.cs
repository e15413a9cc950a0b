using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Crash.Host;

/// <summary>A store with a fault point before and after each write.</summary>
internal sealed class CrashingStore(IUploadRecordStore store, FaultPoints points) : IUploadRecordStore
{
    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        await points.AroundAsync("store: add", () => store.AddAsync(record, cancellationToken).AsTask());

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => store.FindAsync(id, cancellationToken);

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await points.AroundAsync($"store: update to {changed.Status}", () => store.TryUpdateAsync(changed, cancellationToken).AsTask());

    public async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var claimed = await store.ClaimDueAsync(now, until, limit, cancellationToken);
        // A claim of nothing is no write.
        if (claimed.Count > 0)
            points.Pass("store: claim, after");
        return claimed;
    }

    public async ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var leases = await store.ClaimNotificationsAsync(now, until, limit, cancellationToken);
        if (leases.Count > 0)
            points.Pass("store: claim notifications, after");
        return leases;
    }

    public async ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        await points.AroundAsync("store: save notifications", () => store.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken).AsTask());

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        store.ListByOwnerAsync(owner, limit, before, cancellationToken);

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.CountPendingAsync(profile, owner, now, cancellationToken);

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        store.CountCreatedAsync(owner, since, limit, cancellationToken);

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        store.SumHeldBytesAsync(profile, owner, now, cancellationToken);

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        store.MeasureDueAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => store.ListAllAsync(cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => store.DeleteAsync(id, cancellationToken);

    public async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        // A day later than the application wants: the ledger judges each upload by its record, also one that never held an object.
        var retired = await store.RetireAsync(now - TimeSpan.FromDays(1), limit, cancellationToken);
        if (retired > 0)
            points.Pass("store: retire, after");
        return retired;
    }
}
