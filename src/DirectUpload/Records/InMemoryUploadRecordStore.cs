using System.Runtime.CompilerServices;
using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>
/// Records in this process's memory, for tests and first steps: they die with the process, and a second instance knows nothing of them.
/// </summary>
internal sealed class InMemoryUploadRecordStore : IUploadRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, UploadRecord> _records = [];
    private readonly Dictionary<UploadId, (DateTimeOffset At, DateTimeOffset? Until)> _notifications = [];
    private readonly Dictionary<(string Profile, string? Owner), PendingUploads> _pending = [];
    private readonly Dictionary<(string Profile, string? Owner), long> _held = [];
    private readonly Dictionary<(string Profile, string? Owner), Dictionary<UploadId, UploadRecord>> _ending = [];
    private readonly Dictionary<ValueTuple<string?>, SortedSet<UploadId>> _byOwner = [];

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var added = record with { Version = 1, NotifyAt = null };
        lock (_lock)
        {
            if (!_records.TryAdd(added.Id, added))
                throw new InvalidOperationException($"Upload {record.Id} exists already.");
            Queue(record);
            Count(added, +1);
        }

        return ValueTask.FromResult(added);
    }

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_records.GetValueOrDefault(id));
    }

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_records.TryGetValue(changed.Id, out var stored) || stored.Version != changed.Version)
                return ValueTask.FromResult<UploadRecord?>(null);
            var updated = changed with { Version = stored.Version + 1, Told = stored.Told, NotifyAt = null };
            Queue(changed);
            Count(stored, -1);
            Count(updated, +1);
            _records[changed.Id] = updated;
            return ValueTask.FromResult<UploadRecord?>(updated);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            UploadRecord[] due = [.. _records.Values.Where(record => record.DueAt <= now).OrderBy(record => record.DueAt).Take(limit)];
            for (var at = 0; at < due.Length; at++)
                _records[due[at].Id] = due[at] = due[at] with { DueAt = until, Version = due[at].Version + 1 };
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>(due);
        }
    }

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            NotificationLease[] leases =
            [
                .. _notifications.Where(queued => queued.Value.At <= now && !(queued.Value.Until > now)).OrderBy(queued => queued.Value.At).Take(limit)
                    .Select(queued => new NotificationLease(_records[queued.Key], queued.Value.At, until)),
            ];
            foreach (var lease in leases)
                _notifications[lease.Record.Id] = (lease.NotifyAt, until);
            return ValueTask.FromResult<IReadOnlyList<NotificationLease>>(leases);
        }
    }

    public ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = lease.Record.Id;
        lock (_lock)
        {
            if (!_records.TryGetValue(id, out var stored) || !_notifications.TryGetValue(id, out var queued) || queued.Until != lease.Until)
                return ValueTask.FromResult(false);
            _records[id] = stored with { Told = told };
            if ((queued.At == lease.NotifyAt ? notifyAt : queued.At) is { } next)
                _notifications[id] = (next, null);
            else
                _notifications.Remove(id);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var older = NewestFirst(owner).SkipWhile(id => before is { } end && id >= end);
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>([.. older.Take(limit).Select(id => _records[id])]);
        }
    }

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var pending = _pending.GetValueOrDefault((profile, owner));
            foreach (var record in Ending(profile, owner, now))
                pending = new(pending.Count + 1, pending.Bytes + (record.PendingBytes() ?? 0));
            return ValueTask.FromResult(pending);
        }
    }

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var oldest = UploadId.Before(since - UploadId.LongestWait);
        lock (_lock)
            return ValueTask.FromResult(NewestFirst(owner).TakeWhile(id => id >= oldest).Where(id => _records[id].CreatedAt > since).Take(limit).Count());
    }

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_held.GetValueOrDefault((profile, owner)) + Ending(profile, owner, now).Sum(record => record.HeldBytes() ?? 0));
    }

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var due = _records.Values.Where(record => record.DueAt <= now).ToList();
            return ValueTask.FromResult(new DueUploads(Math.Min(due.Count, limit), due.Min(record => record.DueAt)));
        }
    }

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            Remove(id);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        UploadRecord[] all;
        lock (_lock)
            all = [.. _records.Values];
        foreach (var record in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            UploadRecord[] retired = [.. _records.Values.Where(record => record.RetireAt <= now).Take(limit)];
            foreach (var record in retired)
                Remove(record.Id);
            return ValueTask.FromResult(retired.Length);
        }
    }

    private void Remove(UploadId id)
    {
        if (!_records.Remove(id, out var removed))
            return;
        Count(removed, -1);
        _notifications.Remove(id);
    }

    // A lease on the record goes on: its holder sees by the later time that there is more to notify.
    private void Queue(UploadRecord changed)
    {
        if (changed.NotifyAt is { } at)
            _notifications[changed.Id] = (at, _notifications.GetValueOrDefault(changed.Id).Until);
    }

    private IEnumerable<UploadId> NewestFirst(string? owner) => _byOwner.TryGetValue(new(owner), out var ids) ? ids.Reverse() : [];

    // Few: those that have ended since the grants that are still open were given.
    private IEnumerable<UploadRecord> Ending(string profile, string? owner, DateTimeOffset now) =>
        _ending.TryGetValue((profile, owner), out var records) ? records.Values.Where(record => record.QuotaEndsAt() > now) : [];

    // Kept as records change, so that asking for a quota costs the same however many records there are.
    private void Count(UploadRecord record, int sign)
    {
        Add(_byOwner, new(record.Owner), static () => [], ids => _ = sign > 0 ? ids.Add(record.Id) : ids.Remove(record.Id), ids => ids.Count == 0);
        var owner = (record.Profile, record.Owner);
        if (record.QuotaEndsAt() is not null)
        {
            Add(_ending, owner, static () => [], records => _ = sign > 0 ? records.TryAdd(record.Id, record) : records.Remove(record.Id), records => records.Count == 0);
            return;
        }

        if (record.HeldBytes() is { } bytes)
            _held[owner] = _held.GetValueOrDefault(owner) + (sign * bytes);
        if (_held.GetValueOrDefault(owner) == 0)
            _held.Remove(owner);
        if (record.Status.IsSettled())
            return;
        var before = _pending.GetValueOrDefault(owner);
        var after = new PendingUploads(before.Count + sign, before.Bytes + (sign * record.ClaimedSize));
        if (after.Count == 0)
            _pending.Remove(owner);
        else
            _pending[owner] = after;
    }

    private static void Add<TKey, TGroup>(Dictionary<TKey, TGroup> groups, TKey key, Func<TGroup> create, Action<TGroup> change, Func<TGroup, bool> isEmpty)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var group))
            groups.Add(key, group = create());
        change(group);
        if (isEmpty(group))
            groups.Remove(key);
    }
}
