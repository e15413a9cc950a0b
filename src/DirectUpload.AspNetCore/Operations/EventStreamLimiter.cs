namespace DirectUpload.AspNetCore.Operations;

/// <summary>Counts the open event streams of one mapping in this process, and enforces the limits of the options.</summary>
internal sealed class EventStreamLimiter(DirectUploadEndpointOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, int> _countByUpload = [];
    private readonly Dictionary<string, int> _countByOwner = new(StringComparer.Ordinal);
    private int _anonymousCount;

    /// <summary>Reserves an event stream of uploads until the result is disposed; null if a limit is reached.</summary>
    /// <remarks>A stream of many uploads counts once for each upload, and once for each of their owners.</remarks>
    public IDisposable? TryAcquire(params IReadOnlyCollection<Upload> records) =>
        TryAcquire([.. records.Select(record => record.Id)], [.. records.Select(record => record.Owner).Distinct()]);

    /// <summary>Reserves an event stream of whatever an owner uploads until the result is disposed; null if a limit is reached.</summary>
    public IDisposable? TryAcquireForOwner(string owner) => TryAcquire([], [owner]);

    private Slot? TryAcquire(UploadId[] ids, string?[] owners)
    {
        lock (_lock)
        {
            if (ids.Any(id => _countByUpload.GetValueOrDefault(id) >= options.MaxEventStreamsPerUpload) || owners.Any(IsOwnerLimitReached))
                return null;
            Adjust(ids, owners, +1);
            return new Slot(this, ids, owners);
        }
    }

    private bool IsOwnerLimitReached(string? owner) =>
        owner is null
            ? _anonymousCount >= options.MaxAnonymousEventStreams
            : _countByOwner.GetValueOrDefault(owner) >= options.MaxEventStreamsPerOwner;

    private void Adjust(UploadId[] ids, string?[] owners, int by)
    {
        foreach (var id in ids)
            AdjustCount(_countByUpload, id, by);
        foreach (var owner in owners)
        {
            if (owner is null)
                _anonymousCount += by;
            else
                AdjustCount(_countByOwner, owner, by);
        }
    }

    private static void AdjustCount<TKey>(Dictionary<TKey, int> counts, TKey key, int by)
        where TKey : notnull
    {
        if (counts.GetValueOrDefault(key) + by is > 0 and var count)
            counts[key] = count;
        else
            counts.Remove(key);
    }

    private sealed class Slot(EventStreamLimiter streams, UploadId[] ids, string?[] owners) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) != 0)
                return;
            lock (streams._lock)
                streams.Adjust(ids, owners, -1);
        }
    }
}
