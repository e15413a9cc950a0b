using System.Runtime.CompilerServices;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>
/// The simplest store that keeps the contract, in pieces that a fault can replace one of: whatever the suite then says is about that piece.
/// Every verb waits once before it acts, as one with a network does.
/// </summary>
internal class ReferenceStore(StoreRows rows) : IUploadRecordStore
{
    protected StoreRows Rows => rows;

    public virtual async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            if (rows.All.ContainsKey(record.Id))
                throw new InvalidOperationException($"{record.Id} is taken.");
            QueueNotification(record);
            return rows.Index[record.Id] = rows.All[record.Id] = ToStored(
                record with { Version = 1, NotifyAt = GetVisibleNotifyAt(record.NotifyAt) });
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
            if (rows.Find(changed.Id) is not { } stored || !CanReplace(stored, changed))
                return null;
            QueueNotification(changed);
            return rows.All[changed.Id] = GetUpdated(stored, ToStored(changed with
            {
                Version = stored.Version + 1,
                NotificationCheckpoints = GetCheckpoints(stored, changed),
                NotifyAt = GetVisibleNotifyAt(changed.NotifyAt),
            }));
        }
    }

    public virtual async ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            NotificationLease[] leases =
            [
                .. OrderNotifications(rows.Notifications.Where(queued => IsNotificationDue(queued.Value, now))).Take(limit)
                    .Select(queued => new NotificationLease(
                        GetLeasedRecord(rows.All.GetValueOrDefault(queued.Key) ?? rows.Index[queued.Key]), queued.Value.At, until)),
            ];
            foreach (var lease in leases)
                rows.Notifications[lease.Record.Id] = (lease.NotifyAt, until);
            return leases;
        }
    }

    public virtual async ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        var id = lease.Record.Id;
        lock (rows)
        {
            if (rows.Find(id) is not { } stored || !rows.Notifications.TryGetValue(id, out var queued) || !OwnsLease(queued, lease))
                return false;
            rows.All[id] = WithCheckpoints(stored, checkpoints);
            if (GetNextNotifyAt(queued.At, lease, notifyAt) is { } next)
                rows.Notifications[id] = (next, null);
            else
                rows.Notifications.Remove(id);
            return true;
        }
    }

    public virtual async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] claimed = [.. OrderByDue(rows.All.Values.Where(record => IsDue(record, now))).Take(limit)
                .Select(record => WithLease(record, until))];
            foreach (var record in claimed)
                rows.All[record.Id] = record;
            return claimed;
        }
    }

    public virtual async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            var matching = rows.All.Values.Where(record => Matches(record, filter)).OrderByDescending(record => record.Id);
            return [.. matching.Take(limit)];
        }
    }

    public virtual async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        var (count, bytes) = query.Pending
            ? await CountPendingAsync(query.Profile, query.Owner, query.Now, cancellationToken)
            : default;
        return new(
            count,
            bytes,
            query.Stored ? await GetStoredBytesAsync(query.Profile, query.Owner, query.Now, cancellationToken) : 0,
            query.CreatedLimit > 0
                ? await CountCreatedAsync(query.Owner, query.CreatedAfter, query.CreatedLimit, cancellationToken)
                : 0);
    }

    protected virtual async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] pending = [.. rows.All.Values.Where(record => CountsAsPending(record, profile, owner, now))];
            return new(pending.Length, pending.Sum(record => record.DeclaredSize));
        }
    }

    protected virtual async ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => record.Owner == owner && record.CreatedAt > since).Take(limit).Count();
    }

    protected virtual async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner && !(record.QuotaEndsAt() <= now))
                .Sum(record => record.StoredBytes() ?? 0);
    }

    public virtual async ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
        {
            UploadRecord[] due = [.. rows.All.Values.Where(record => record.NextActionAt <= now)];
            return new(Math.Min(due.Length, limit), due.Min(record => record.NextActionAt));
        }
    }

    public virtual async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int pageSize = 500;
        UploadId last = default;
        for (var page = new UploadRecord[pageSize]; page.Length == pageSize;)
        {
            await WaitAsync(cancellationToken);
            lock (rows)
                page = [.. rows.All.Values.Where(record => record.Id > last && (filter is null || Matches(record, filter)))
                    .OrderBy(record => record.Id).Take(pageSize)];
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
            RemoveNotification(id);
        }
    }

    public virtual async ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (rows)
            return rows.All.Values.Where(record => IsPurgeable(record, now)).Take(limit).ToArray()
                .Count(record => rows.All.Remove(record.Id));
    }

    protected static async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    /// <summary>What a column keeps of what is written.</summary>
    protected virtual UploadRecord ToStored(UploadRecord record) => record;

    /// <summary>What records show of when they are to be notified of: nothing.</summary>
    protected virtual DateTimeOffset? GetVisibleNotifyAt(DateTimeOffset? notifyAt) => null;

    protected virtual IReadOnlyDictionary<string, DateTimeOffset> GetCheckpoints(UploadRecord stored, UploadRecord changed) =>
        stored.NotificationCheckpoints;

    protected virtual void QueueNotification(UploadRecord changed)
    {
        if (changed.NotifyAt is { } at)
            rows.Notifications[changed.Id] = (at, GetLeaseEnd(changed.Id));
    }

    protected virtual void RemoveNotification(UploadId id) => rows.Notifications.Remove(id);

    protected virtual DateTimeOffset? GetLeaseEnd(UploadId id) => rows.Notifications.GetValueOrDefault(id).Until;

    protected virtual bool IsNotificationDue((DateTimeOffset At, DateTimeOffset? Until) queued, DateTimeOffset now) =>
        queued.At <= now && !(queued.Until > now);

    protected virtual IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> OrderNotifications(
        IEnumerable<KeyValuePair<UploadId, (DateTimeOffset At, DateTimeOffset? Until)>> due) => due.OrderBy(queued => queued.Value.At);

    protected virtual UploadRecord GetLeasedRecord(UploadRecord record) => record;

    protected virtual bool OwnsLease((DateTimeOffset At, DateTimeOffset? Until) queued, NotificationLease lease) =>
        queued.Until == lease.ExpiresAt;

    protected virtual UploadRecord WithCheckpoints(UploadRecord stored, IReadOnlyDictionary<string, DateTimeOffset> checkpoints) =>
        stored with { NotificationCheckpoints = checkpoints };

    protected virtual DateTimeOffset? GetNextNotifyAt(DateTimeOffset queued, NotificationLease lease, DateTimeOffset? notifyAt) =>
        queued == lease.NotifyAt ? notifyAt : queued;

    protected virtual bool CanReplace(UploadRecord stored, UploadRecord changed) => stored.Version == changed.Version;

    protected virtual UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) => changed;

    protected virtual bool IsDue(UploadRecord record, DateTimeOffset now) => record.NextActionAt <= now;

    protected virtual IEnumerable<UploadRecord> OrderByDue(IEnumerable<UploadRecord> due) => due.OrderBy(record => record.NextActionAt);

    protected virtual UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        record with { NextActionAt = until, Version = record.Version + 1 };

    protected virtual bool Matches(UploadRecord record, UploadFilter filter) =>
        (!filter.IsByOwner || IsOwnedBy(record, filter.Owner))
        && (filter.Association is not { } association || IsAssociatedWith(record, association))
        && (filter.Status is not { } status || record.Status == status)
        && (filter.AwaitedProcessor is not { } processor || record.AwaitedProcessor() == processor)
        && (filter.CreatedFrom is not { } from || IsCreatedFrom(record, from))
        && (filter.CreatedBefore is not { } until || IsCreatedBefore(record, until))
        && (filter.Before is not { } end || IsBefore(record, end));

    protected virtual bool IsOwnedBy(UploadRecord record, string? owner) => record.Owner == owner;

    protected virtual bool IsAssociatedWith(UploadRecord record, UploadAssociation association) =>
        record.Association is { } found && HasSameKey(found, association)
        && (association.Kind is not { } kind || HasSameKind(found, kind));

    protected virtual bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        found.Type == association.Type && found.Id == association.Id;

    protected virtual bool HasSameKind(UploadAssociation found, string kind) => found.Kind == kind;

    protected virtual bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) => record.CreatedAt >= from;

    protected virtual bool IsCreatedBefore(UploadRecord record, DateTimeOffset until) => record.CreatedAt < until;

    protected virtual bool IsBefore(UploadRecord record, UploadId end) => record.Id < end;

    protected virtual bool CountsAsPending(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        record.Profile == profile && record.Owner == owner && IsPending(record, now);

    protected virtual bool IsPending(UploadRecord record, DateTimeOffset now) =>
        record.PendingBytes() is not null && !(record.QuotaEndsAt() <= now);

    protected virtual bool IsPurgeable(UploadRecord record, DateTimeOffset now) => record.PurgeAt <= now;
}
