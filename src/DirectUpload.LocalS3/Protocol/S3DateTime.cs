using System.Globalization;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Formats and parses times as S3 does.</summary>
internal static class S3DateTime
{
    /// <summary>The format in XML: ISO 8601 with milliseconds.</summary>
    public static string FormatIso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The format in headers: the HTTP-date of RFC 9110.</summary>
    public static string FormatHttp(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    public static bool TryParseHttp(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>The format in signatures: the basic form of ISO 8601, such as 20130524T000000Z.</summary>
    public static bool TryParseAmz(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
