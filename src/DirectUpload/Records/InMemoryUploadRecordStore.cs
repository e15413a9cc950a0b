using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>
/// Records in this process's memory, for tests and first steps: they die with the process, and a second instance knows nothing of them.
/// </summary>
internal sealed class InMemoryUploadRecordStore : IUploadRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, UploadRecord> _records = [];
    private readonly Dictionary<(string Bucket, string Key), UploadId> _keys = [];
    private readonly Dictionary<(string Profile, string? Owner), PendingUploads> _pending = [];

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var added = record with { Version = 1 };
        lock (_lock)
        {
            if (_records.ContainsKey(added.Id) || !TryKeepKeys(added))
                throw new InvalidOperationException($"Upload {record.Id} or one of its keys exists already.");
            _records.Add(added.Id, added);
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

    public ValueTask<UploadRecord?> FindByKeyAsync(string bucket, string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_keys.TryGetValue((bucket, key), out var id) ? _records[id] : null);
    }

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_records.TryGetValue(changed.Id, out var stored) || stored.Version != changed.Version)
                return ValueTask.FromResult<UploadRecord?>(null);
            var updated = changed with { Version = stored.Version + 1 };
            Count(stored, -1);
            Count(updated, +1);
            _keys.Remove(FinalKey(stored));
            KeepKeys(updated);
            _records[changed.Id] = updated;
            return ValueTask.FromResult<UploadRecord?>(updated);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>(
                [.. _records.Values.Where(record => record.DueAt <= now).OrderBy(record => record.DueAt).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<UploadRecord>>(
                [.. _records.Values.Where(record => record.Owner == owner).OrderByDescending(record => record.CreatedAt).Take(limit)]);
        }
    }

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(_pending.GetValueOrDefault((profile, owner)));
    }

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_records.Remove(id, out var removed))
            {
                _keys.Remove(StagingKey(removed));
                _keys.Remove(FinalKey(removed));
                Count(removed, -1);
            }
        }

        return ValueTask.CompletedTask;
    }

    // Kept as records change, so that asking for a quota costs the same however many records there are.
    private void Count(UploadRecord record, int sign)
    {
        if (record.Status.IsSettled())
            return;
        var owner = (record.Profile, record.Owner);
        var before = _pending.GetValueOrDefault(owner);
        var after = new PendingUploads(before.Count + sign, before.Bytes + (sign * record.ClaimedSize));
        if (after.Count == 0)
            _pending.Remove(owner);
        else
            _pending[owner] = after;
    }

    // In place, the two are one.
    private bool TryKeepKeys(UploadRecord record)
    {
        if (!_keys.TryAdd(StagingKey(record), record.Id))
            return false;
        if (record.FinalKey == record.StagingKey || _keys.TryAdd(FinalKey(record), record.Id))
            return true;
        _keys.Remove(StagingKey(record));
        return false;
    }

    private void KeepKeys(UploadRecord record)
    {
        _keys[StagingKey(record)] = record.Id;
        _keys[FinalKey(record)] = record.Id;
    }

    private static (string Bucket, string Key) StagingKey(UploadRecord record) => (record.Bucket, record.StagingKey);

    private static (string Bucket, string Key) FinalKey(UploadRecord record) => (record.Bucket, record.FinalKey);
}
