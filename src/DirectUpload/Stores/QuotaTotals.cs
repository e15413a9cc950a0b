using DirectUpload.Primitives;

namespace DirectUpload.Stores;

/// <summary>Sums up what the uploads of one owner under one profile count toward the quotas.</summary>
internal sealed class QuotaTotals
{
    // Few records: terminal uploads whose presigned requests have not expired yet. Most owners have none.
    private Dictionary<UploadId, UploadRecord>? _stillWritable;
    private int _pendingCount;
    private long _pendingBytes;
    private long _storedBytes;

    /// <summary>Gets whether no upload counts.</summary>
    public bool IsEmpty => _pendingCount == 0 && _storedBytes == 0 && _stillWritable is not { Count: > 0 };

    public (int Count, long Bytes) GetPending(DateTimeOffset now)
    {
        var (count, bytes) = (_pendingCount, _pendingBytes);
        foreach (var record in StillWritable)
        {
            if (record.QuotaEndsAt() > now)
                (count, bytes) = (count + 1, bytes + (record.PendingBytes() ?? 0));
        }

        return (count, bytes);
    }

    public long GetStoredBytes(DateTimeOffset now) =>
        _storedBytes + StillWritable.Where(record => record.QuotaEndsAt() > now).Sum(static record => record.StoredBytes() ?? 0);

    /// <summary>Adds a record to the totals (sign +1), or subtracts it (sign -1).</summary>
    public void Update(UploadRecord record, int sign)
    {
        if (record.QuotaEndsAt() is not null)
        {
            _stillWritable ??= [];
            _ = sign > 0 ? _stillWritable.TryAdd(record.Id, record) : _stillWritable.Remove(record.Id);
            return;
        }

        _storedBytes += sign * (record.StoredBytes() ?? 0);
        if (record.Status.IsTerminal())
            return;
        _pendingCount += sign;
        _pendingBytes += sign * record.DeclaredSize;
    }

    private IEnumerable<UploadRecord> StillWritable => _stillWritable is null ? [] : _stillWritable.Values;
}
