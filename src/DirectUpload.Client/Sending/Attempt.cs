namespace DirectUpload.Client.Sending;

/// <summary>One try at sending a piece: it ends when its caller wants that, or when nothing has moved for too long.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;
    private readonly TransferMeter _meter;
    private readonly TimeSpan _patience;
    private readonly Lock _lock = new();
    private long _sent;
    private bool _over;

    public Attempt(TransferMeter meter, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        (_meter, _patience) = (meter, patience);
        _stalled = new CancellationTokenSource(patience, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stalled.Token);
    }

    public CancellationToken Ended => _either.Token;

    public bool HasStalled => _stalled.IsCancellationRequested;

    public void Sent(int bytes)
    {
        lock (_lock)
        {
            // A request that was given up may write on for a moment; that is of no account.
            if (_over)
                return;
            _sent += bytes;
            _meter.Sent(bytes);
            _stalled.CancelAfter(_patience);
        }
    }

    /// <summary>It has failed: what it had sent does not count.</summary>
    public void Undo()
    {
        lock (_lock)
        {
            _over = true;
            _meter.Lost(_sent);
            _sent = 0;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _over = true;
        _either.Dispose();
        _stalled.Dispose();
    }
}
