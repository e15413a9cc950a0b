using System.Runtime.CompilerServices;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>
/// The simplest store that keeps the contract, in pieces that a fault can replace one of: whatever the suite then says is about that piece. Every verb
/// waits once before it acts, as one with a network does.
/// </summary>
internal class SoundStore(Rows rows) : IUploadRecordStore
{
    protected Rows Rows => rows;

    public virtual async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            if (rows.All.ContainsKey(record.Id))
                throw new InvalidOperationException($"{record.Id} is taken.");
            Queue(record);
            return rows.Index[record.Id] = rows.All[record.Id] = Kept(record with { Version = 1, NotifyAt = Shown(record.NotifyAt) });
        }
    }

    public virtual async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return rows.Find(id);
    }

    public virtual async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            if (rows.Find(changed.Id) is not { } stored || !MayReplace(stored, changed))
                return null;
            Queue(changed);
            return rows.All[changed.Id] = Changed(stored, Kept(changed with { Version = stored.Version + 1, Told = ToldOf(stored, changed), NotifyAt = Shown(changed.NotifyAt) }));
        }
    }

    public virtual async ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            NotificationLease[] leases =
            [
                .. NotifiedInOrder(rows.Notifications.Where(queued => IsToBeNotified(queued.Value, now))).Take(limit)
                    .Select(queued => new NotificationLease(Leased(rows.All.GetValueOrDefault(queued.Key) ?? rows.Index[queued.Key]), queued.Value.At, until)),
            ];
            foreach (var lease in leases)
                rows.Notifications[lease.Record.Id] = (lease.NotifyAt, until);
            return leases;
        }
    }

    public virtual async ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        var id = lease.Record.Id;
        lock (rows)
        {
            if (rows.Find(id) is not { } stored || !rows.Notifications.TryGetValue(id, out var queued) || !Holds(queued, lease))
                return false;
            rows.All[id] = Saved(stored, told);
            if (Next(queued.At, lease, notifyAt) is { } next)
                rows.Notifications[id] = (next, null);
            else
                rows.Notifications.Remove(id);
            return true;
        }
    }

    public virtual async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] claimed = [.. InOrder(rows.All.Values.Where(record => IsDue(record, now))).Take(limit).Select(record => Claimed(record, until))];
            foreach (var record in claimed)
                rows.All[record.Id] = record;
            return claimed;
        }
    }

    public virtual async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            var owned = rows.All.Values.Where(record => IsOf(record, owner) && (before is not { } end || IsBefore(record, end)));
            return [.. owned.OrderByDescending(record => record.Id).Take(limit)];
        }
    }

    public virtual async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] pending = [.. rows.All.Values.Where(record => Counts(record, profile, owner, now))];
            return new(pending.Length, pending.Sum(record => record.ClaimedSize));
        }
    }

    public virtual async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => record.Owner == owner && record.CreatedAt > since).Take(limit).Count();
    }

    public virtual async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner && !(record.QuotaEndsAt() <= now)).Sum(record => record.HeldBytes() ?? 0);
    }

    public virtual async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] due = [.. rows.All.Values.Where(record => record.DueAt <= now)];
            return new(Math.Min(due.Length, limit), due.Min(record => record.DueAt));
        }
    }

    public virtual async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int pageSize = 500;
        UploadId last = default;
        for (var page = new UploadRecord[pageSize]; page.Length == pageSize;)
        {
            await WaitAsync(cancellationToken);
            lock (rows)
                page = [.. rows.All.Values.Where(record => record.Id > last).OrderBy(record => record.Id).Take(pageSize)];
            foreach (var record in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
                last = record.Id;
            }
        }
    }

    public virtual async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            rows.All.Remove(id);
            Unqueue(id);
        }
    }

    public virtual async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => Retires(record, now)).Take(limit).ToArray().Count(record => rows.All.Remove(record.Id));
    }

    protected static async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    /// <summary>What a column keeps of what is written.</summary>
    protected virtual UploadRecord Kept(UploadRecord record) => record;

    /// <summary>What records show of when they are to be notified of: nothing.</summary>
    protected virtual DateTimeOffset? Shown(DateTimeOffset? notifyAt) => null;

    protected virtual IReadOnlyList<UploadTold> ToldOf(UploadRecord stored, UploadRecord changed) => stored.Told;

    protected virtual void Queue(UploadRecord changed)
    {
        if (changed.NotifyAt is { } at)
            rows.Notifications[changed.Id] = (at, LeaseOf(changed.Id));
    }

    protected virtual void Unqueue(UploadId id) => rows.Notifications.Remove(id);

    protected virtual DateTimeOffset? LeaseOf(UploadId id) => rows.Notifications.GetValueOrDefault(id).Until;

    protected virtual bool IsToBeNotified((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) => queued.At <= now && !(queued.Until > now);

    protected virtual IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> NotifiedInOrder(
        IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> due) => due.OrderBy(queued => queued.Value.At);

    protected virtual UploadRecord Leased(UploadRecord record) => record;

    protected virtual bool Holds((DateTimeOffset At, DateTimeOffset? Until) queued, NotificationLease lease) => queued.Until == lease.Until;

    protected virtual UploadRecord Saved(UploadRecord stored, IReadOnlyList<UploadTold> told) => stored with { Told = told };

    protected virtual DateTimeOffset? Next(DateTimeOffset queued, NotificationLease lease, DateTimeOffset? notifyAt) => queued == lease.NotifyAt ? notifyAt : queued;

    protected virtual bool MayReplace(UploadRecord stored, UploadRecord changed) => stored.Version == changed.Version;

    protected virtual UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed;

    protected virtual bool IsDue(UploadRecord record, DateTimeOffset now) => record.DueAt <= now;

    protected virtual IEnumerable<UploadRecord> InOrder(IEnumerable<UploadRecord> due) => due.OrderBy(record => record.DueAt);

    protected virtual UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => record with { DueAt = until, Version = record.Version + 1 };

    protected virtual bool IsOf(UploadRecord record, string? owner) => record.Owner == owner;

    protected virtual bool IsBefore(UploadRecord record, UploadId end) => record.Id < end;

    protected virtual bool Counts(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        record.Profile == profile && record.Owner == owner && IsPending(record, now);

    protected virtual bool IsPending(UploadRecord record, DateTimeOffset now) => record.PendingBytes() is not null && !(record.QuotaEndsAt() <= now);

    protected virtual bool Retires(UploadRecord record, DateTimeOffset now) => record.RetireAt <= now;
}
