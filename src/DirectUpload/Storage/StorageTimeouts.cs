namespace DirectUpload.Storage;

/// <summary>The timeouts of calls to storage.</summary>
/// <param name="CallTimeout">The timeout of a call without content, and of each read or write without progress.</param>
internal sealed record StorageTimeouts(TimeSpan CallTimeout)
{
    /// <summary>The lowest accepted speed of a copy within storage, in bytes per second; servers are much faster.</summary>
    private const double MinCopyBytesPerSecond = 8 * 1024 * 1024;

    private static readonly TimeSpan MaxExtraTime = TimeSpan.FromMinutes(15);

    public static StorageTimeouts Default { get; } = new(TimeSpan.FromSeconds(15));

    /// <summary>Gets the timeout of one call.</summary>
    public TimeSpan GetTimeout(StorageCall call)
    {
        var extra = TimeSpan.FromSeconds(call.Bytes / MinCopyBytesPerSecond);
        return CallTimeout + (extra < MaxExtraTime ? extra : MaxExtraTime);
    }
}
