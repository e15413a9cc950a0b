namespace DirectUpload.Client.Sending;

/// <summary>Bytes per second, smoothed: the last few seconds count most.</summary>
internal sealed class Speed
{
    private const double SecondsOfMemory = 3;

    private double _weight;

    public double BytesPerSecond { get; private set; }

    /// <param name="bytes">What went over the line since the last time.</param>
    /// <param name="elapsed">How long that took.</param>
    public void Add(long bytes, TimeSpan elapsed)
    {
        var fading = Math.Exp(-elapsed.TotalSeconds / SecondsOfMemory);
        // Until there is something to remember, the average is over what there was.
        _weight = (_weight * fading) + (1 - fading);
        BytesPerSecond += (bytes / elapsed.TotalSeconds - BytesPerSecond) * ((1 - fading) / _weight);
    }
}
