using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DirectUpload.Stores;

/// <summary>Stores records in the memory of this process, for tests and first steps.</summary>
/// <remarks>The records are lost when the process ends, and other instances of the application cannot read them.</remarks>
internal sealed class InMemoryUploadRecordStore : IUploadRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, UploadRecord> _records = [];
    private readonly Dictionary<UploadId, (DateTimeOffset At, DateTimeOffset? Until)> _notifications = [];
    private readonly Dictionary<(string Profile, string? Owner), QuotaTotals> _totals = [];
    private readonly RecordIndex<ValueTuple<string?>> _byOwner = new();
    private readonly RecordIndex<(string Type, string Id)> _byAssociation = new();

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var added = record is { Version: 1, NotifyAt: null } ? record : record with { Version = 1, NotifyAt = null };
        lock (_lock)
        {
            if (!_records.TryAdd(added.Id, added))
                throw new InvalidOperationException($"Upload {record.Id} exists already.");
            QueueNotification(record);
            UpdateTotals(added, +1);
            AddToIndexes(added);
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
            var updated = changed with
            {
                Version = stored.Version + 1,
                NotificationCheckpoints = stored.NotificationCheckpoints,
                NotifyAt = null,
            };
            QueueNotification(changed);
            UpdateTotals(stored, -1);
            UpdateTotals(updated, +1);
            if ((stored.Owner, stored.Association, stored.CreatedAt) != (updated.Owner, updated.Association, updated.CreatedAt))
            {
                RemoveFromIndexes(stored);
                AddToIndexes(updated);
            }

            _records[changed.Id] = updated;
            return ValueTask.FromResult<UploadRecord?>(updated);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            UploadRecord[] due =
            [
                .. _records.Values.Where(record => record.NextActionAt <= now).OrderBy(record => record.NextActionAt).Take(limit),
            ];
            for (var at = 0; at < due.Length; at++)
                _records[due[at].Id] = due[at] = due[at] with { NextActionAt = until, Version = due[at].Version + 1 };
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>(due);
        }
    }

    public ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            NotificationLease[] leases =
            [
                .. _notifications.Where(queued => queued.Value.At <= now && !(queued.Value.Until > now))
                    .OrderBy(queued => queued.Value.At)
                    .Take(limit)
                    .Select(queued => new NotificationLease(_records[queued.Key], queued.Value.At, until)),
            ];
            foreach (var lease in leases)
                _notifications[lease.Record.Id] = (lease.NotifyAt, until);
            return ValueTask.FromResult<IReadOnlyList<NotificationLease>>(leases);
        }
    }

    public ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = lease.Record.Id;
        lock (_lock)
        {
            if (!_records.TryGetValue(id, out var stored) || !_notifications.TryGetValue(id, out var queued)
                || queued.Until != lease.ExpiresAt)
                return ValueTask.FromResult(false);
            _records[id] = stored with { NotificationCheckpoints = checkpoints };
            if ((queued.At == lease.NotifyAt ? notifyAt : queued.At) is { } next)
                _notifications[id] = (next, null);
            else
                _notifications.Remove(id);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var ids = filter.Association is { } association
                ? _byAssociation.GetNewestFirst((association.Type, association.Id))
                : _byOwner.GetNewestFirst(new(filter.Owner));
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>([.. ids.Select(id => _records[id]).Where(filter.Matches).Take(limit)]);
        }
    }

    public ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var totals = _totals.GetValueOrDefault((query.Profile, query.Owner));
            var (count, bytes) = query.Pending && totals is not null ? totals.GetPending(query.Now) : default;
            return ValueTask.FromResult(new OwnerUsage(
                count,
                bytes,
                query.Stored && totals is not null ? totals.GetStoredBytes(query.Now) : 0,
                query.CreatedLimit > 0 ? _byOwner.CountCreated(new(query.Owner), query.CreatedAfter, query.CreatedLimit) : 0));
        }
    }

    public ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var due = _records.Values.Where(record => record.NextActionAt <= now).ToList();
            var oldest = due.Min(record => record.NextActionAt);
            return ValueTask.FromResult<(int Count, DateTimeOffset? Oldest)>((Math.Min(due.Count, limit), oldest));
        }
    }

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            Remove(id);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        UploadRecord[] all;
        lock (_lock)
            all = [.. _records.Values.Where(record => filter?.Matches(record) != false)];
        foreach (var record in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            UploadRecord[] expired = [.. _records.Values.Where(record => record.PurgeAt <= now).Take(limit)];
            foreach (var record in expired)
                Remove(record.Id);
            return ValueTask.FromResult(expired.Length);
        }
    }

    private void Remove(UploadId id)
    {
        if (!_records.Remove(id, out var removed))
            return;
        UpdateTotals(removed, -1);
        RemoveFromIndexes(removed);
        _notifications.Remove(id);
    }

    // A lease continues: its owner sees from the later time that there is another transition to notify of.
    private void QueueNotification(UploadRecord changed)
    {
        if (changed.NotifyAt is { } at)
            _notifications[changed.Id] = (at, _notifications.GetValueOrDefault(changed.Id).Until);
    }

    // Totals are updated with each record, so the cost of a quota check does not depend on the number of records.
    private void UpdateTotals(UploadRecord record, int sign)
    {
        var owner = (record.Profile, record.Owner);
        var totals = CollectionsMarshal.GetValueRefOrAddDefault(_totals, owner, out _) ??= new QuotaTotals();
        totals.Update(record, sign);
        if (totals.IsEmpty)
            _totals.Remove(owner);
    }

    private void AddToIndexes(UploadRecord record)
    {
        _byOwner.Add(new(record.Owner), record);
        if (record.Association is { } association)
            _byAssociation.Add((association.Type, association.Id), record);
    }

    private void RemoveFromIndexes(UploadRecord record)
    {
        _byOwner.Remove(new(record.Owner), record);
        if (record.Association is { } association)
            _byAssociation.Remove((association.Type, association.Id), record);
    }
}
