namespace DirectUpload.Client.Sending;

/// <summary>Counts the bytes that are sent, lost and sent again, and reports the progress.</summary>
internal sealed class TransferMeter(long total, IProgress<FileUploadProgress>? progress, TimeProvider clock)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TransferSpeed _speed = new();
    private long _committed;
    private long _reported;
    private long _transferred;
    private long _measured;
    private long _reportedAt = clock.GetTimestamp();

    /// <summary>Starts with the number of bytes that storage has.</summary>
    public void StartFrom(long bytes)
    {
        lock (_lock)
            _committed = bytes;
    }

    public void Sent(long bytes)
    {
        lock (_lock)
        {
            _committed += bytes;
            _transferred += bytes;
            if (progress is not null && clock.GetElapsedTime(_reportedAt) >= ReportInterval)
                Report();
        }
    }

    /// <summary>Subtracts bytes that have to be sent again.</summary>
    public void Lost(long bytes)
    {
        lock (_lock)
            _committed -= bytes;
    }

    /// <summary>Reports that all bytes have arrived.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _committed = total;
            if (progress is not null)
                Report();
        }
    }

    // The lock keeps the reports in order and one at a time.
    private void Report()
    {
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_reportedAt, now);
        if (elapsed > TimeSpan.Zero)
        {
            _speed.Add(_transferred - _measured, elapsed);
            (_measured, _reportedAt) = (_transferred, now);
        }

        _reported = Math.Max(_reported, _committed);
        var left = total - _committed;
        progress!.Report(new FileUploadProgress(_reported, total, _speed.BytesPerSecond, EstimateRemaining(left)));
    }

    private TimeSpan? EstimateRemaining(long left)
    {
        if (left == 0)
            return TimeSpan.Zero;
        var seconds = left / _speed.BytesPerSecond;
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
