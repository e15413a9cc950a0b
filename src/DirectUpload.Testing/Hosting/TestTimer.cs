namespace DirectUpload.Testing.Hosting;

/// <summary>A timer of a clock that can be advanced: a timer of the system that is set again each time.</summary>
internal sealed class TestTimer : ITimer
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Action<TestTimer> _disposed;
    private readonly ITimer _inner;
    private DateTimeOffset? _dueAt;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public TestTimer(TimeProvider clock, TimerCallback callback, object? state, Action<TestTimer> disposed)
    {
        (_clock, _disposed) = (clock, disposed);
        _inner = TimeProvider.System.CreateTimer(
            _ =>
            {
                if (TryFire())
                    callback(state);
            },
            state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _period = period;
            _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            return _inner.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sets the timer of the system after the clock was advanced.</summary>
    public void Reschedule()
    {
        lock (_lock)
        {
            if (_dueAt is { } dueAt)
                _inner.Change(GetRemaining(dueAt), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _disposed(this);
        _inner.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _disposed(this);
        return _inner.DisposeAsync();
    }

    private bool TryFire()
    {
        lock (_lock)
        {
            if (_dueAt is null)
                return false;
            var isPeriodic = _period > TimeSpan.Zero;
            _dueAt = isPeriodic ? _clock.GetUtcNow() + _period : null;
            if (isPeriodic)
                _inner.Change(_period, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private TimeSpan GetRemaining(DateTimeOffset dueAt) =>
        dueAt - _clock.GetUtcNow() is { Ticks: > 0 } remaining ? remaining : TimeSpan.Zero;
}
