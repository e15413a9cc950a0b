using System.Text.Json;
using DirectUpload.Primitives;

namespace DirectUpload.Events;

/// <summary>Describes the result of a malware scan of an object.</summary>
/// <param name="Result">The result.</param>
/// <param name="Reason">What the scan found, or why there is no result; null for nothing.</param>
internal sealed record ObjectScan(ScanResult Result, string? Reason)
{
    private const int MaxThreats = 5;
    private const int MaxReasonLength = 500;

    /// <summary>Reads the detail of an event of GuardDuty Malware Protection for S3.</summary>
    /// <remarks>
    /// Only a completed scan with a known result counts; everything else is no result. Source:
    /// https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
    /// </remarks>
    public static ObjectScan Read(JsonElement detail)
    {
        var status = detail.GetStringOrNull("scanStatus");
        var results = detail.GetObjectOrNull("scanResultDetails");
        var result = results?.GetStringOrNull("scanResultStatus");
        return (status, result) switch
        {
            ("COMPLETED", "NO_THREATS_FOUND") => new(ScanResult.NoThreats, null),
            ("COMPLETED", "THREATS_FOUND") => new(ScanResult.Threats, ReadThreats(results!.Value)),
            _ => new(ScanResult.None, AuditText.Clean($"{status} {result}", MaxReasonLength)),
        };
    }

    private static string? ReadThreats(JsonElement results)
    {
        if (!results.TryGetProperty("threats", out var threats) || threats.ValueKind != JsonValueKind.Array)
            return null;
        var names = threats.EnumerateArray().Take(MaxThreats)
            .Select(static threat => threat.ValueKind == JsonValueKind.Object ? threat.GetStringOrNull("name") : null)
            .Where(static name => !string.IsNullOrWhiteSpace(name));
        return AuditText.Clean(string.Join(", ", names), MaxReasonLength);
    }
}

/// <summary>Specifies the results of a malware scan.</summary>
internal enum ScanResult
{
    /// <summary>The scan was skipped or failed, or the object cannot be scanned.</summary>
    None,

    /// <summary>The scan found no threat.</summary>
    NoThreats,

    /// <summary>The scan found a threat.</summary>
    Threats,
}
