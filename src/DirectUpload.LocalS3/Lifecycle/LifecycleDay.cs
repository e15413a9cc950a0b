namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>S3 counts in whole days: a rule takes effect at the midnight, UTC, that follows.</summary>
internal static class LifecycleDay
{
    /// <summary>The midnight that follows a number of days after a time.</summary>
    public static DateTimeOffset After(DateTimeOffset time, int days) => Midnight(time).AddDays(days + 1L > 36500 ? 36500 : days + 1);

    /// <summary>The midnight that began a time's day.</summary>
    public static DateTimeOffset Midnight(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
