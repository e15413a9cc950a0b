using System.Text.Json;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Events;

/// <summary>Where a change came from.</summary>
/// <param name="Principal">Who made it.</param>
/// <param name="Address">The client's address, or S3 itself.</param>
/// <param name="RequestId">The request's <c>x-amz-request-id</c>.</param>
internal sealed record EventOrigin(string Principal, string Address, string RequestId);

/// <summary>Events as AWS writes them.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal static class EventJson
{
    /// <summary>AWS's shape of an account's principal.</summary>
    public const string Principal = "A3LOCALS3EXAMPLE";

    public static byte[] Record(
        string region, string bucket, EventRule rule, string name, StoredObject stored, EventOrigin origin, DateTimeOffset at) =>
        Write(json =>
        {
            json.WriteStartArray("Records");
            json.WriteStartObject();
            // The kinds that came later have a later minor version; a reader takes any minor of the major that it knows.
            json.WriteString("eventVersion", IsCreation(name) || IsRemoval(name) ? "2.1" : "2.3");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", region);
            json.WriteString("eventTime", S3Time.Iso(at));
            json.WriteString("eventName", name);
            Object(json, "userIdentity", ("principalId", origin.Principal));
            Object(json, "requestParameters", ("sourceIPAddress", origin.Address));
            Object(json, "responseElements", ("x-amz-request-id", origin.RequestId), ("x-amz-id-2", ErrorAnswer.HostId));
            json.WriteStartObject("s3");
            json.WriteString("s3SchemaVersion", "1.0");
            json.WriteString("configurationId", rule.Id);
            json.WriteStartObject("bucket");
            json.WriteString("name", bucket);
            Object(json, "ownerIdentity", ("principalId", Principal));
            json.WriteString("arn", $"arn:aws:s3:::{bucket}");
            json.WriteEndObject();
            WriteObject(json, name, stored);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    /// <summary>What S3 sends to a destination when it is configured.</summary>
    public static byte[] Test(string bucket, string requestId, DateTimeOffset at) => Write(json =>
    {
        json.WriteString("Service", "Amazon S3");
        json.WriteString("Event", "s3:TestEvent");
        json.WriteString("Time", S3Time.Iso(at));
        json.WriteString("Bucket", bucket);
        json.WriteString("RequestId", requestId);
        json.WriteString("HostId", ErrorAnswer.HostId);
    });

    /// <summary>A form's encoding: a space is a plus, and the slash stays.</summary>
    public static string EncodeKey(string key) =>
        UriBytes.Encode(key, keepSlash: true).Replace("%20", "+", StringComparison.Ordinal);

    private static void WriteObject(Utf8JsonWriter json, string name, StoredObject stored)
    {
        json.WriteStartObject("object");
        json.WriteString("key", EncodeKey(stored.Key));
        if (IsCreation(name))
            json.WriteNumber("size", stored.Size);
        // What is gone has no ETag any more.
        if (!IsRemoval(name))
            json.WriteString("eTag", stored.ETag);
        if (stored.VersionId is not null)
            json.WriteString("versionId", stored.VersionId);
        if (IsCreation(name) || IsRemoval(name))
            json.WriteString("sequencer", Sequence.Text(stored.Change));
        json.WriteEndObject();
    }

    private static bool IsCreation(string name) => name.StartsWith("ObjectCreated:", StringComparison.Ordinal);

    private static bool IsRemoval(string name) => name.StartsWith("ObjectRemoved:", StringComparison.Ordinal);

    private static void Object(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var member in members)
            json.WriteString(member.Name, member.Value);
        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
