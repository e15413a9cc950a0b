using System.Globalization;
using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Reads and writes a lifecycle configuration as XML.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html</remarks>
internal static class LifecycleConfigurationXml
{
    private const int MaxRules = 1000;

    // LocalS3 has only one storage class, so it cannot apply transitions.
    private static readonly string[] Unsupported = ["Transition", "NoncurrentVersionTransition"];

    public static IReadOnlyList<LifecycleRule> Parse(ReadOnlyMemory<byte> xml)
    {
        var rules = S3Xml.Parse(xml, "LifecycleConfiguration").Children("Rule").Select(ParseRule).ToList();
        if (rules.Count is 0 or > MaxRules)
            throw S3Errors.MalformedXml();
        if (rules.DistinctBy(rule => rule.Id).Count() < rules.Count)
            throw CreateInvalidError("Rule ID must be unique. Found same ID for more than one rule", "ID", "");
        return rules;
    }

    public static XElement Write(IEnumerable<LifecycleRule> rules) => S3Xml.Element("LifecycleConfiguration", rules.Select(rule =>
        S3Xml.Element("Rule",
            S3Xml.Element("ID", rule.Id),
            LifecycleFilterXml.Write(rule.Filter),
            S3Xml.Element("Status", rule.IsEnabled ? "Enabled" : "Disabled"),
            Group("Expiration",
                Number("Days", rule.ExpirationDays),
                rule.ExpirationDate is { } date ? S3Xml.Element("Date", S3DateTime.FormatIso(date)) : null,
                rule.ExpiresDeleteMarkers ? S3Xml.Element("ExpiredObjectDeleteMarker", true) : null),
            Group("NoncurrentVersionExpiration",
                Number("NoncurrentDays", rule.NoncurrentDays), Number("NewerNoncurrentVersions", rule.NewerNoncurrentVersions)),
            Group("AbortIncompleteMultipartUpload", Number("DaysAfterInitiation", rule.AbortUploadsAfterDays)))));

    /// <summary>Writes an integer; returns null if the value is absent.</summary>
    public static long? Number(XElement parent, string name) =>
        parent.ChildText(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw S3Errors.MalformedXml();

    private static LifecycleRule ParseRule(XElement element)
    {
        if (Unsupported.FirstOrDefault(name => element.Children(name).Any()) is { } unsupported)
            throw S3Errors.NotImplemented(unsupported);
        var id = element.ChildText("ID") is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        if (id.Length > 255)
            throw CreateInvalidError("ID length should not exceed allowed limit of 255", "ID", id);
        var expiration = element.Child("Expiration");
        var noncurrent = element.Child("NoncurrentVersionExpiration");
        var abort = element.Child("AbortIncompleteMultipartUpload");
        if (expiration is null && noncurrent is null && abort is null)
            throw S3Errors.InvalidRequest("At least one action needs to be specified in a rule");
        if (expiration?.Elements().Count() is not (null or 1))
            throw S3Errors.MalformedXml();
        var rule = new LifecycleRule
        {
            Id = id,
            IsEnabled = element.ChildText("Status") switch { "Enabled" => true, "Disabled" => false, _ => throw S3Errors.MalformedXml() },
            Filter = LifecycleFilterXml.Parse(element),
            ExpirationDays = ParseDays(expiration, "Days", "Expiration"),
            ExpirationDate = ParseDate(expiration),
            ExpiresDeleteMarkers = expiration?.ChildText("ExpiredObjectDeleteMarker") == "true",
            NoncurrentDays = ParseDays(noncurrent, "NoncurrentDays", "NoncurrentVersionExpiration"),
            NewerNoncurrentVersions = ParseDays(noncurrent, "NewerNoncurrentVersions", "NoncurrentVersionExpiration"),
            AbortUploadsAfterDays = ParseDays(abort, "DaysAfterInitiation", "AbortIncompleteMultipartUpload"),
        };
        if ((noncurrent is not null && rule.NoncurrentDays is null) || (abort is not null && rule.AbortUploadsAfterDays is null))
            throw S3Errors.MalformedXml();
        if (abort is not null && !rule.Filter.IsByPrefixAlone)
            throw S3Errors.InvalidRequest(
                "AbortIncompleteMultipartUpload cannot be specified with Tags, ObjectSizeGreaterThan or ObjectSizeLessThan.");
        if (rule.ExpiresDeleteMarkers && rule.Filter.Tags.Count > 0)
            throw S3Errors.InvalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
        return rule;
    }

    private static int? ParseDays(XElement? action, string name, string actionName)
    {
        if (action is null || Number(action, name) is not { } days)
            return null;
        return days is > 0 and <= int.MaxValue
            ? (int)days
            : throw CreateInvalidError($"'{name}' for {actionName} action must be a positive integer", name, $"{days}");
    }

    private static DateTimeOffset? ParseDate(XElement? expiration)
    {
        if (expiration?.ChildText("Date") is not { } text)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date))
            throw S3Errors.MalformedXml();
        return date == LifecycleDay.GetMidnight(date) ? date : throw CreateInvalidError("'Date' must be at midnight GMT", "Date", text);
    }

    private static XElement? Group(string name, params ReadOnlySpan<XElement?> content)
    {
        var element = S3Xml.Element(name);
        foreach (var child in content)
            element.Add(child);
        return element.IsEmpty ? null : element;
    }

    private static XElement? Number(string name, int? value) => value is null ? null : S3Xml.Element(name, value);

    private static S3Exception CreateInvalidError(string message, string name, string value) =>
        S3Errors.InvalidArgument(message, name, value);
}
