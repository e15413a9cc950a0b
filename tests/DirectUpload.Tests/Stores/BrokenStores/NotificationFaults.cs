using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class NotificationTimeVisible(StoreRows rows) : ReferenceStore(rows)
{
    protected override DateTimeOffset? GetVisibleNotifyAt(DateTimeOffset? notifyAt) => notifyAt;
}

internal sealed class NotificationCheckpointsOverwritten(StoreRows rows) : ReferenceStore(rows)
{
    protected override IReadOnlyDictionary<string, DateTimeOffset> GetCheckpoints(UploadRecord stored, UploadRecord changed) =>
        changed.NotificationCheckpoints;
}

internal sealed class NotificationTimeOverwritten(StoreRows rows) : ReferenceStore(rows)
{
    protected override void QueueNotification(UploadRecord changed)
    {
        base.QueueNotification(changed);
        if (changed.NotifyAt is null)
            Rows.Notifications.Remove(changed.Id);
    }
}

internal sealed class NotificationLeaseOverwritten(StoreRows rows) : ReferenceStore(rows)
{
    protected override DateTimeOffset? GetLeaseEnd(UploadId id) => null;
}

internal sealed class NotificationLeasedTwice(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsNotificationDue((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => queued.At <= now;
}

internal sealed class NotificationLeaseNeverExpiring(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsNotificationDue((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) =>
        queued.At <= now && queued.Until is null;
}

internal sealed class NotificationMissingExactInstant(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsNotificationDue((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) =>
        queued.At < now && !(queued.Until > now);
}

internal sealed class NotificationTooEarly(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsNotificationDue((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) =>
        !(queued.Until > now);
}

internal sealed class NotificationOfNewestFirst(StoreRows rows) : ReferenceStore(rows)
{
    protected override IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> OrderNotifications(
        IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> due) =>
            due.OrderByDescending(queued => queued.Value.At);
}

internal sealed class NotificationIgnoringLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.LeaseNotificationsAsync(now, until, int.MaxValue, cancellationToken);
}

internal sealed class NotificationIncrementingVersion(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithCheckpoints(UploadRecord stored, IReadOnlyDictionary<string, DateTimeOffset> checkpoints) =>
        base.WithCheckpoints(stored, checkpoints) with { Version = stored.Version + 1 };
}

/// <summary>As it was before notification had columns of its own.</summary>
internal sealed class NotificationLeasingTheRecord(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetLeasedRecord(UploadRecord record) => Rows.Put(record with { Version = record.Version + 1 });
}

internal sealed class NotificationSavingOldRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default)
    {
        var saved = await base.TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken);
        if (saved)
            Rows.Put(lease.Record with { NotificationCheckpoints = checkpoints });
        return saved;
    }
}

internal sealed class NotificationLosingCheckpoints(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithCheckpoints(UploadRecord stored, IReadOnlyDictionary<string, DateTimeOffset> checkpoints) =>
        stored with { NotificationCheckpoints = checkpoints.Take(1).ToDictionary() };
}

internal sealed class NotificationSavedWithoutLease(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool OwnsLease((DateTimeOffset At, DateTimeOffset? Until) queued, NotificationLease lease) => true;
}

internal sealed class NotificationLosingNewerTime(StoreRows rows) : ReferenceStore(rows)
{
    protected override DateTimeOffset? GetNextNotifyAt(
        DateTimeOffset queued, NotificationLease lease, DateTimeOffset? notifyAt) => notifyAt;
}

internal sealed class NotificationOfDeleted(StoreRows rows) : ReferenceStore(rows)
{
    protected override void RemoveNotification(UploadId id)
    {
        // Its place in the queue is forgotten.
    }
}
