namespace DirectUpload.Client.Sending;

/// <summary>Represents one attempt to send a part; the caller or the stall timeout ends it.</summary>
internal sealed class SendAttempt : IDisposable
{
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _linked;
    private readonly TransferMeter _meter;
    private readonly TimeSpan _stallTimeout;
    private readonly Lock _lock = new();
    private long _sent;
    private bool _ended;

    public SendAttempt(TransferMeter meter, TimeSpan stallTimeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        (_meter, _stallTimeout) = (meter, stallTimeout);
        _stalled = new CancellationTokenSource(stallTimeout, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stalled.Token);
    }

    public CancellationToken Token => _linked.Token;

    public bool HasStalled => _stalled.IsCancellationRequested;

    public void ReportSent(int bytes)
    {
        lock (_lock)
        {
            // An abandoned request may write for a moment; those bytes do not count.
            if (_ended)
                return;
            _sent += bytes;
            _meter.Sent(bytes);
            _stalled.CancelAfter(_stallTimeout);
        }
    }

    /// <summary>Subtracts the bytes of the failed attempt from the progress.</summary>
    public void Revert()
    {
        lock (_lock)
        {
            _ended = true;
            _meter.Lost(_sent);
            _sent = 0;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _ended = true;
        _linked.Dispose();
        _stalled.Dispose();
    }
}
