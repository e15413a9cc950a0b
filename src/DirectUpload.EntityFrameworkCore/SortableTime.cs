using System.Globalization;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Times as ISO 8601 text in UTC, <c>2026-03-01T12:00:00.1234567Z</c>: all of one length, so that they sort as they follow each other.</summary>
internal static class SortableTime
{
    public const int Length = 28;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateTimeOffset? ParseOrNull(string? text) => text is null ? null : Parse(text);
}
