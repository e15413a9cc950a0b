using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Counts the event streams that are open at one mapping in this process, and holds them to the limits of the options.</summary>
internal sealed class EventStreams(DirectUploadEndpointOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, int> _ofUploads = [];
    private readonly Dictionary<string, int> _ofOwners = new(StringComparer.Ordinal);
    private int _anonymous;

    /// <summary>Takes a place for a stream of an upload; null where all are taken. Dispose it when the stream ends.</summary>
    public IDisposable? TryOpen(UploadRecord record)
    {
        lock (_lock)
        {
            if (_ofUploads.GetValueOrDefault(record.Id) >= options.MaxEventStreamsPerUpload || IsFull(record.Owner))
                return null;
            Count(record, +1);
            return new Place(this, record);
        }
    }

    private bool IsFull(string? owner) =>
        owner is null ? _anonymous >= options.MaxAnonymousEventStreams : _ofOwners.GetValueOrDefault(owner) >= options.MaxEventStreamsPerOwner;

    private void Count(UploadRecord record, int by)
    {
        Add(_ofUploads, record.Id, by);
        if (record.Owner is { } owner)
            Add(_ofOwners, owner, by);
        else
            _anonymous += by;
    }

    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key, int by)
        where TKey : notnull
    {
        if (counts.GetValueOrDefault(key) + by is > 0 and var count)
            counts[key] = count;
        else
            counts.Remove(key);
    }

    private sealed class Place(EventStreams streams, UploadRecord record) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            lock (streams._lock)
                streams.Count(record, -1);
        }
    }
}
