namespace DirectUpload.Concurrency;

/// <summary>Computes how long to wait before the next try: twice as long each time, up to a maximum, with jitter.</summary>
/// <remarks>Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/</remarks>
internal static class RetryDelays
{
    /// <summary>Gets the delay after a processor or a step of the worker threw: from 1 second to 5 minutes.</summary>
    public static TimeSpan AfterFailure(int failures) => CreateDelay(failures, TimeSpan.FromMinutes(5));

    /// <summary>Gets the delay after a transient failure: from 1 second to 1 minute.</summary>
    public static TimeSpan AfterUnavailable(int attempts) => CreateDelay(attempts, TimeSpan.FromMinutes(1));

    /// <summary>
    /// Gets the delay after storage refused a call, which lasts until the configuration is corrected: two and a half to five minutes.
    /// </summary>
    public static TimeSpan AfterRefusal() => CreateDelay(int.MaxValue, TimeSpan.FromMinutes(5));

    /// <summary>Gets the delay for steps that do not count their tries: half a minute to a minute.</summary>
    public static TimeSpan GetDefault() => CreateDelay(int.MaxValue, TimeSpan.FromMinutes(1));

    private static TimeSpan CreateDelay(int tries, TimeSpan maximum)
    {
        var full = Math.Min(Math.Pow(2, Math.Clamp(tries, 0, 16)), maximum.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
