using System.Globalization;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Converts times to ISO 8601 text of fixed length in UTC, <c>2026-03-01T12:00:00.1234567Z</c>, which sorts like the times.
/// </summary>
internal static class Iso8601
{
    public const int Length = 28;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static string? Write(DateTimeOffset? time) => time is { } known ? Write(known) : null;

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(
            text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateTimeOffset? ParseOrNull(string? text) => text is null ? null : Parse(text);
}
