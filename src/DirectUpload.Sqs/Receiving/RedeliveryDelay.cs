namespace DirectUpload.Sqs.Receiving;

/// <summary>
/// Computes the delay before a message that could not be handled is received again: doubled each time, up to five minutes, with jitter.
/// </summary>
internal static class RedeliveryDelay
{
    private const double MaxSeconds = 300;

    public static TimeSpan Create(int receives) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(receives, 16)), MaxSeconds) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
