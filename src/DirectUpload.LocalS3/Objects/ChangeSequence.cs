using System.Globalization;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Numbers the committed changes of this process, so that a receiver of events can order the changes of a key.</summary>
/// <remarks>The numbers come from the system clock, not from the server's clock, so they also increase from one run to the next.</remarks>
internal static class ChangeSequence
{
    private static readonly Lock Gate = new();
    private static long _last;

    public static long Next()
    {
        lock (Gate)
            return _last = Math.Max(_last + 1, TimeProvider.System.GetUtcNow().Ticks);
    }

    /// <summary>Formats a number with a fixed length, so that texts sort like the numbers.</summary>
    public static string Format(long number) => number.ToString("X18", CultureInfo.InvariantCulture);
}
