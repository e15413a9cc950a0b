using System.Globalization;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// Numbers the changes of this process in the order in which they are committed, so that whoever hears of two changes of a key out of
/// order can tell which came last. Taken from the system's clock whatever the server's own says, they also grow from run to run.
/// </summary>
internal static class Sequence
{
    private static readonly Lock Gate = new();
    private static long _last;

    public static long Next()
    {
        lock (Gate)
            return _last = Math.Max(_last + 1, TimeProvider.System.GetUtcNow().Ticks);
    }

    /// <summary>Of one length, so that texts compare as the numbers do.</summary>
    public static string Text(long number) => number.ToString("X18", CultureInfo.InvariantCulture);
}
