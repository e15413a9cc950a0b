using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Notification_shows_its_time(Rows rows) : SoundStore(rows)
{
    protected override DateTimeOffset? Shown(DateTimeOffset? notifyAt) => notifyAt;
}

internal sealed class Notification_progress_is_overwritten(Rows rows) : SoundStore(rows)
{
    protected override IReadOnlyList<UploadTold> ToldOf(UploadRecord stored, UploadRecord changed) => changed.Told;
}

internal sealed class Notification_time_is_overwritten(Rows rows) : SoundStore(rows)
{
    protected override void Queue(UploadRecord changed)
    {
        base.Queue(changed);
        if (changed.NotifyAt is null)
            Rows.Notifications.Remove(changed.Id);
    }
}

internal sealed class Notification_lease_is_overwritten(Rows rows) : SoundStore(rows)
{
    protected override DateTimeOffset? LeaseOf(UploadId id) => null;
}

internal sealed class Notification_is_leased_twice(Rows rows) : SoundStore(rows)
{
    protected override bool IsToBeNotified((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => queued.At <= now;
}

internal sealed class Notification_lease_never_ends(Rows rows) : SoundStore(rows)
{
    protected override bool IsToBeNotified((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => queued.At <= now && queued.Until is null;
}

internal sealed class Notification_misses_the_very_instant(Rows rows) : SoundStore(rows)
{
    protected override bool IsToBeNotified((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => queued.At < now && !(queued.Until > now);
}

internal sealed class Notification_comes_too_soon(Rows rows) : SoundStore(rows)
{
    protected override bool IsToBeNotified((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => !(queued.Until > now);
}

internal sealed class Notification_of_the_newest_first(Rows rows) : SoundStore(rows)
{
    protected override IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> NotifiedInOrder(
        IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> due) => due.OrderByDescending(queued => queued.Value.At);
}

internal sealed class Notification_ignores_the_limit(Rows rows) : SoundStore(rows)
{
    public override ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.ClaimNotificationsAsync(now, until, int.MaxValue, cancellationToken);
}

internal sealed class Notification_counts_a_version(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Saved(UploadRecord stored, IReadOnlyList<UploadTold> told) => base.Saved(stored, told) with { Version = stored.Version + 1 };
}

/// <summary>As it was before notification had columns of its own.</summary>
internal sealed class Notification_leases_the_record_itself(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Leased(UploadRecord record) => Rows.Put(record with { Version = record.Version + 1 });
}

internal sealed class Notification_saves_an_old_record(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default)
    {
        var saved = await base.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken);
        if (saved)
            Rows.Put(lease.Record with { Told = told });
        return saved;
    }
}

internal sealed class Notification_forgets_its_progress(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Saved(UploadRecord stored, IReadOnlyList<UploadTold> told) => stored with { Told = [.. told.Take(1)] };
}

internal sealed class Notification_saves_without_a_lease(Rows rows) : SoundStore(rows)
{
    protected override bool Holds((DateTimeOffset At, DateTimeOffset? Until) queued, NotificationLease lease) => true;
}

internal sealed class Notification_of_what_came_since_is_lost(Rows rows) : SoundStore(rows)
{
    protected override DateTimeOffset? Next(DateTimeOffset queued, NotificationLease lease, DateTimeOffset? notifyAt) => notifyAt;
}

internal sealed class Notification_of_what_was_deleted(Rows rows) : SoundStore(rows)
{
    protected override void Unqueue(UploadId id)
    {
        // Its place in the queue is forgotten.
    }
}
