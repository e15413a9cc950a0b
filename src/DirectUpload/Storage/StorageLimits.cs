namespace DirectUpload.Storage;

/// <summary>How long calls to storage may take.</summary>
/// <param name="Call">A call that moves no bytes, and each read or write that makes no progress.</param>
internal sealed record StorageLimits(TimeSpan Call)
{
    /// <summary>The slowest copy inside storage that is still waited for, in bytes per second: far below what any server does in one data center.</summary>
    private const double SlowestCopy = 8 * 1024 * 1024;

    private static readonly TimeSpan LongestExtra = TimeSpan.FromMinutes(15);

    public static StorageLimits Default { get; } = new(TimeSpan.FromSeconds(15));

    /// <summary>The limit of one call.</summary>
    public TimeSpan For(StorageCall call)
    {
        var extra = TimeSpan.FromSeconds(call.Bytes / SlowestCopy);
        return Call + (extra < LongestExtra ? extra : LongestExtra);
    }
}
