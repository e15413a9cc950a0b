namespace DirectUpload.Client.Sending;

/// <summary>Counts what is sent, lost and sent again, and tells about it.</summary>
internal sealed class TransferMeter(long total, IProgress<UploadProgress>? progress, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Speed _speed = new();
    private long _there;
    private long _shown;
    private long _overTheLine;
    private long _measured;
    private long _toldAt = clock.GetTimestamp();

    /// <summary>Nothing is on its way, and storage has so many.</summary>
    public void StartFrom(long bytes)
    {
        lock (_lock)
            _there = bytes;
    }

    public void Sent(long bytes)
    {
        lock (_lock)
        {
            _there += bytes;
            _overTheLine += bytes;
            if (progress is not null && clock.GetElapsedTime(_toldAt) >= Pace)
                Tell();
        }
    }

    /// <summary>These have to be sent again.</summary>
    public void Lost(long bytes)
    {
        lock (_lock)
            _there -= bytes;
    }

    /// <summary>Everything has arrived.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _there = total;
            if (progress is not null)
                Tell();
        }
    }

    // Within the lock: told in order, and one at a time.
    private void Tell()
    {
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_toldAt, now);
        if (elapsed > TimeSpan.Zero)
        {
            _speed.Add(_overTheLine - _measured, elapsed);
            (_measured, _toldAt) = (_overTheLine, now);
        }

        _shown = Math.Max(_shown, _there);
        var left = total - _there;
        progress!.Report(new UploadProgress(_shown, total, _speed.BytesPerSecond, Remaining(left)));
    }

    private TimeSpan? Remaining(long left)
    {
        if (left == 0)
            return TimeSpan.Zero;
        var seconds = left / _speed.BytesPerSecond;
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
