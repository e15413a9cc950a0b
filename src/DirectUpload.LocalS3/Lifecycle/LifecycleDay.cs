namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Computes the midnights, UTC, at which lifecycle rules take effect, because S3 counts whole days.</summary>
internal static class LifecycleDay
{
    /// <summary>Returns the midnight after a time plus a number of days.</summary>
    public static DateTimeOffset GetMidnightAfter(DateTimeOffset time, int days) =>
        GetMidnight(time).AddDays(days + 1L > 36500 ? 36500 : days + 1);

    /// <summary>Returns the midnight at the start of a time's day.</summary>
    public static DateTimeOffset GetMidnight(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
