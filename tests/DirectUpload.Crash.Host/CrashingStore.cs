using DirectUpload.Stores;
using DirectUpload.TestKit.Stores;

namespace DirectUpload.Crash.Host;

/// <summary>A store with a fault point before and after each write.</summary>
internal sealed class CrashingStore(IUploadRecordStore store, FaultPoints points) : DelegatingRecordStore(store)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        await points.AroundAsync("store: add", () => Store.AddAsync(record, cancellationToken).AsTask());

    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await points.AroundAsync($"store: update to {changed.Status}", () => Store.TryUpdateAsync(changed, cancellationToken).AsTask());

    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var claimed = await Store.LeaseDueAsync(now, until, limit, cancellationToken);
        // A claim of nothing is no write.
        if (claimed.Count > 0)
            points.Pass("store: lease, after");
        return claimed;
    }

    public override async ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var leases = await Store.LeaseNotificationsAsync(now, until, limit, cancellationToken);
        if (leases.Count > 0)
            points.Pass("store: lease notifications, after");
        return leases;
    }

    public override async ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        await points.AroundAsync(
            "store: save notifications", () => Store.TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken).AsTask());

    public override async ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        // A day later than the application wants: the ledger judges each upload by its record, also one that never held an object.
        var retired = await Store.PurgeExpiredAsync(now - TimeSpan.FromDays(1), limit, cancellationToken);
        if (retired > 0)
            points.Pass("store: purge, after");
        return retired;
    }
}
