namespace DirectUpload.Client.Sending;

/// <summary>Computes a smoothed number of bytes per second.</summary>
internal sealed class TransferSpeed
{
    private const double AveragingSeconds = 3;

    private double _weight;

    public double BytesPerSecond { get; private set; }

    /// <summary>Adds sent bytes to the average.</summary>
    /// <param name="bytes">The number of bytes sent since the last call.</param>
    /// <param name="elapsed">The time since the last call.</param>
    public void Add(long bytes, TimeSpan elapsed)
    {
        var fading = Math.Exp(-elapsed.TotalSeconds / AveragingSeconds);
        // Before there is a history, the average covers the time since the start.
        _weight = (_weight * fading) + (1 - fading);
        BytesPerSecond += (bytes / elapsed.TotalSeconds - BytesPerSecond) * ((1 - fading) / _weight);
    }
}
