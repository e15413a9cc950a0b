namespace DirectUpload.Processing;

/// <summary>How long to wait before the next try: twice as long each time, up to a bound, and never the same for all.</summary>
/// <remarks>Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/</remarks>
internal static class Backoff
{
    /// <summary>After a step that threw: from 1 second to 5 minutes.</summary>
    public static TimeSpan AfterFailure(int failures) => After(failures, TimeSpan.FromMinutes(5));

    /// <summary>After an outage: from 1 second to 1 minute, for it says nothing about the upload.</summary>
    public static TimeSpan AfterOutage(int attempts) => After(attempts, TimeSpan.FromMinutes(1));

    /// <summary>After a refusal by storage, which lasts until the configuration is corrected: two and a half to five minutes.</summary>
    public static TimeSpan AfterRefusal() => After(int.MaxValue, TimeSpan.FromMinutes(5));

    /// <summary>For steps that keep no count: half a minute to a minute.</summary>
    public static TimeSpan ForStep() => After(int.MaxValue, TimeSpan.FromMinutes(1));

    private static TimeSpan After(int tries, TimeSpan longest)
    {
        var full = Math.Min(Math.Pow(2, Math.Clamp(tries, 0, 16)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
