using System.Text;
using System.Text.Json;

namespace DirectUpload.Storage;

/// <summary>
/// The bucket's own rules that do, later and for certain, what the worker does: they cost nothing, and work when nothing of the application
/// does.
/// </summary>
/// <param name="StagingPrefix">Objects whose keys begin so are expired.</param>
/// <param name="ExpirationDays">
/// After so many days, from 1; multipart uploads that were not finished by then are aborted, in the whole bucket.
/// </param>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html</remarks>
internal sealed record BucketLifecycleRules(string StagingPrefix, int ExpirationDays)
{
    internal const string RuleIdPrefix = "directupload-";
    internal const string StagingRuleId = RuleIdPrefix + "staging";
    internal const string MultipartRuleId = RuleIdPrefix + "multipart";
    internal const string VersionsRuleIdPrefix = RuleIdPrefix + "versions-";

    /// <summary>
    /// Gets what the keys of finished content begin with. Where the bucket keeps versions, what was deleted there is gone for good after so
    /// many days.
    /// </summary>
    /// <value>Each ends in a slash. Default none.</value>
    public IReadOnlyList<string> FinalPrefixes { get; init; } = [];

    /// <summary>The rules as <c>aws s3api put-bucket-lifecycle-configuration --lifecycle-configuration</c> takes them.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Rules");
            WriteRule(
                json, StagingRuleId, StagingPrefix, ("Expiration", "Days", ExpirationDays),
                ("NoncurrentVersionExpiration", "NoncurrentDays", 1));
            WriteRule(json, MultipartRuleId, string.Empty, ("AbortIncompleteMultipartUpload", "DaysAfterInitiation", ExpirationDays));
            foreach (var (number, prefix) in FinalPrefixes.Index())
                WriteVersionsRule(json, $"{VersionsRuleIdPrefix}{number + 1}", prefix);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private void WriteVersionsRule(Utf8JsonWriter json, string id, string prefix)
    {
        WriteStart(json, id, prefix);
        json.WriteStartObject("Expiration");
        json.WriteBoolean("ExpiredObjectDeleteMarker", true);
        json.WriteEndObject();
        WriteAction(json, "NoncurrentVersionExpiration", "NoncurrentDays", ExpirationDays);
        json.WriteEndObject();
    }

    private static void WriteRule(
        Utf8JsonWriter json, string id, string prefix, params ReadOnlySpan<(string Action, string Unit, int Days)> actions)
    {
        WriteStart(json, id, prefix);
        foreach (var (action, unit, days) in actions)
            WriteAction(json, action, unit, days);
        json.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter json, string id, string prefix)
    {
        json.WriteStartObject();
        json.WriteString("ID", id);
        json.WriteString("Status", "Enabled");
        json.WriteStartObject("Filter");
        json.WriteString("Prefix", prefix);
        json.WriteEndObject();
    }

    private static void WriteAction(Utf8JsonWriter json, string action, string unit, int days)
    {
        json.WriteStartObject(action);
        json.WriteNumber(unit, days);
        json.WriteEndObject();
    }
}
