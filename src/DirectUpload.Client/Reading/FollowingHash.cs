using System.Security.Cryptography;

namespace DirectUpload.Client.Reading;

/// <summary>
/// The SHA-256 of a source whose parts are sent side by side, and so are read in no order. It follows the sending at its heels, so that what it reads is in the system's cache still: the disk is read once, and
/// nothing is kept for it.
/// </summary>
internal sealed class FollowingHash : IAsyncDisposable
{
    private readonly SourceBytes _source;
    private readonly SemaphoreSlim _further = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Task<string> _hashing;
    private long _reached;

    public FollowingHash(SourceBytes source)
    {
        _source = source;
        _hashing = Task.Run(HashAsync);
    }

    /// <summary>Somebody has read as far as this; whatever is before it may be hashed.</summary>
    public void Reached(long offset)
    {
        for (var known = Volatile.Read(ref _reached); offset > known;)
        {
            var before = Interlocked.CompareExchange(ref _reached, offset, known);
            if (before == known)
            {
                Wake();
                return;
            }

            known = before;
        }
    }

    /// <summary>The whole source's, base64; what nobody had to read is read now.</summary>
    public Task<string> FinishAsync(CancellationToken cancellationToken)
    {
        Reached(_source.Length);
        return _hashing.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await ((Task)_hashing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _further.Dispose();
    }

    private async Task<string> HashAsync()
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceReading.BufferSize];
        for (var at = 0L; at < _source.Length;)
        {
            var ready = Volatile.Read(ref _reached) - at;
            if (ready <= 0)
            {
                await _further.WaitAsync(_end.Token).ConfigureAwait(false);
                continue;
            }

            var next = buffer.AsMemory(0, (int)Math.Min(buffer.Length, ready));
            await _source.ReadExactlyAsync(at, next, _end.Token).ConfigureAwait(false);
            sha256.AppendData(next.Span);
            at += next.Length;
        }

        return Convert.ToBase64String(sha256.GetHashAndReset());
    }

    private void Wake()
    {
        try
        {
            if (_further.CurrentCount == 0)
                _further.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once: it is awake.
        }
    }
}
