using System.Globalization;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>The ways in which S3 writes a time.</summary>
internal static class S3Time
{
    /// <summary>For XML: ISO 8601 with milliseconds.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>For headers: RFC 9110's HTTP-date.</summary>
    public static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    public static bool TryParseHttp(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>For signatures: ISO 8601's basic form, such as 20130524T000000Z.</summary>
    public static bool TryParseAmz(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
