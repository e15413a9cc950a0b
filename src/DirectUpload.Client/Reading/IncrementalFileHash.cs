namespace DirectUpload.Client.Reading;

/// <summary>Computes the checksums of a source whose parts are sent in parallel and therefore read in any order.</summary>
/// <remarks>
/// The hash reads just behind the senders, while the bytes are still in the system's cache: the disk is read once, and no byte is kept.
/// </remarks>
internal sealed class IncrementalFileHash : IAsyncDisposable
{
    private readonly SourceReader _source;
    private readonly SemaphoreSlim _advanced = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task<SourceChecksums> _hashing;
    private long _available;

    public IncrementalFileHash(SourceReader source)
    {
        _source = source;
        _hashing = Task.Run(HashAsync);
    }

    /// <summary>Allows hashing up to this offset, which a sender has read.</summary>
    public void Advance(long offset)
    {
        for (var known = Volatile.Read(ref _available); offset > known;)
        {
            var before = Interlocked.CompareExchange(ref _available, offset, known);
            if (before == known)
            {
                Signal();
                return;
            }

            known = before;
        }
    }

    /// <summary>Returns the checksums of the whole source, after it has read the bytes that no sender read.</summary>
    public Task<SourceChecksums> FinishAsync(CancellationToken cancellationToken)
    {
        Advance(_source.Length);
        return _hashing.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await ((Task)_hashing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _advanced.Dispose();
    }

    private async Task<SourceChecksums> HashAsync()
    {
        using var hash = new SourceHash();
        var buffer = new byte[ReadDefaults.BufferSize];
        for (var at = 0L; at < _source.Length;)
        {
            var ready = Volatile.Read(ref _available) - at;
            if (ready <= 0)
            {
                await _advanced.WaitAsync(_stopping.Token).ConfigureAwait(false);
                continue;
            }

            var next = buffer.AsMemory(0, (int)Math.Min(buffer.Length, ready));
            await _source.ReadExactlyAsync(at, next, _stopping.Token).ConfigureAwait(false);
            hash.Append(next.Span);
            at += next.Length;
        }

        return hash.GetChecksums();
    }

    private void Signal()
    {
        try
        {
            if (_advanced.CurrentCount == 0)
                _advanced.Release();
        }
        catch (SemaphoreFullException)
        {
            // A second signal is not needed: the loop is awake.
        }
    }
}
