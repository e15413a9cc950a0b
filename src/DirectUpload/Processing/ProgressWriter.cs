using DirectUpload.Lifecycle;

namespace DirectUpload.Processing;

/// <summary>Stores what processors report about their progress: the latest text, at most once a second.</summary>
/// <remarks>A processor that ends within the first second causes no write. Instances are safe for concurrent use.</remarks>
internal sealed class ProgressWriter(UploadLease lease) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(lease.CancellationToken);
    private string? _latest;
    private Task _writing = Task.CompletedTask;

    /// <summary>Reports a text, which replaces one that is not stored yet.</summary>
    public void Report(string text)
    {
        lock (_lock)
        {
            _latest = text;
            if (_writing.IsCompleted && !_ending.IsCancellationRequested)
                _writing = WriteAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            _ending.Cancel();
            writing = _writing;
        }

        await writing.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            do
            {
                await Task.Delay(Interval, lease.Clock, _ending.Token).ConfigureAwait(false);
                if (TakeLatest() is { } text)
                    await lease.TryUpdateAsync(
                        record => UploadLifecycle.IsAttempted(record) ? new UploadEvent.ProgressReported(text) : null,
                        _ending.Token).ConfigureAwait(false);
            }
            while (HasLatest());
        }
        catch (Exception)
        {
            // The attempt ends, or the store is unavailable. The attempt's own writes report that; progress alone is not worth an error.
        }
    }

    private string? TakeLatest()
    {
        lock (_lock)
            return Interlocked.Exchange(ref _latest, null);
    }

    private bool HasLatest()
    {
        lock (_lock)
            return _latest is not null;
    }
}
