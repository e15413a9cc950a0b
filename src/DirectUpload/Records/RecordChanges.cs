using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>Wakes those of this process who watch a record, when this process changes it. What others change they find by asking the store.</summary>
internal sealed class RecordChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, List<Watch>> _watches = [];

    public void Changed(UploadId id)
    {
        Watch[] watching;
        lock (_lock)
            watching = _watches.TryGetValue(id, out var watches) ? [.. watches] : [];
        foreach (var watch in watching)
            watch.Wake();
    }

    /// <summary>Begins to watch; dispose it to end.</summary>
    public Watch Begin(UploadId id)
    {
        var watch = new Watch(this, id);
        lock (_lock)
        {
            if (!_watches.TryGetValue(id, out var watches))
                _watches.Add(id, watches = []);
            watches.Add(watch);
        }

        return watch;
    }

    private void End(Watch watch)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(watch.Id, out var watches) && watches.Remove(watch) && watches.Count == 0)
                _watches.Remove(watch.Id);
        }
    }

    /// <summary>One who watches: a change between two waits is not missed.</summary>
    internal sealed class Watch(RecordChanges changes, UploadId id) : IDisposable
    {
        private readonly SemaphoreSlim _changed = new(0, 1);

        public UploadId Id => id;

        public void Wake()
        {
            try
            {
                _changed.Release();
            }
            catch (Exception already) when (already is SemaphoreFullException or ObjectDisposedException)
            {
                // Awake, or no longer there.
            }
        }

        /// <summary>Until a change, or for so long.</summary>
        public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var changed = _changed.WaitAsync(ending.Token);
            await Task.WhenAny(changed, Task.Delay(longest, clock, ending.Token)).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        public void Dispose()
        {
            changes.End(this);
            _changed.Dispose();
        }
    }
}
