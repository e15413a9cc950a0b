using System.Text.Json;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Events;

/// <summary>Represents the origin of a change.</summary>
/// <param name="Principal">The principal that made the change.</param>
/// <param name="Address">The client's address, or the address of S3 for its own actions.</param>
/// <param name="RequestId">The request's <c>x-amz-request-id</c>.</param>
internal sealed record EventOrigin(string Principal, string Address, string RequestId);

/// <summary>Writes event records as AWS does.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal static class EventJson
{
    /// <summary>A principal id in the format of an AWS account.</summary>
    public const string Principal = "A3LOCALS3EXAMPLE";

    public static byte[] CreateRecord(
        string region, string bucket, NotificationRule rule, string name, StoredObject stored, EventOrigin origin, DateTimeOffset at) =>
        Write(json =>
        {
            json.WriteStartArray("Records");
            json.WriteStartObject();
            // Newer event types have a newer minor version; a reader accepts every minor version of a known major version.
            json.WriteString("eventVersion", IsCreation(name) || IsRemoval(name) ? "2.1" : "2.3");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", region);
            json.WriteString("eventTime", S3DateTime.FormatIso(at));
            json.WriteString("eventName", name);
            WriteStrings(json, "userIdentity", ("principalId", origin.Principal));
            WriteStrings(json, "requestParameters", ("sourceIPAddress", origin.Address));
            WriteStrings(json, "responseElements", ("x-amz-request-id", origin.RequestId), ("x-amz-id-2", ErrorResponse.HostId));
            json.WriteStartObject("s3");
            json.WriteString("s3SchemaVersion", "1.0");
            json.WriteString("configurationId", rule.Id);
            json.WriteStartObject("bucket");
            json.WriteString("name", bucket);
            WriteStrings(json, "ownerIdentity", ("principalId", Principal));
            json.WriteString("arn", $"arn:aws:s3:::{bucket}");
            json.WriteEndObject();
            WriteObject(json, name, stored);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    /// <summary>Creates the test event that S3 sends to a newly configured destination.</summary>
    public static byte[] CreateTestEvent(string bucket, string requestId, DateTimeOffset at) => Write(json =>
    {
        json.WriteString("Service", "Amazon S3");
        json.WriteString("Event", "s3:TestEvent");
        json.WriteString("Time", S3DateTime.FormatIso(at));
        json.WriteString("Bucket", bucket);
        json.WriteString("RequestId", requestId);
        json.WriteString("HostId", ErrorResponse.HostId);
    });

    /// <summary>Encodes a key as in a form: a space becomes a plus, and slashes stay.</summary>
    public static string EncodeKey(string key) =>
        UriEncoding.Encode(key, keepSlash: true).Replace("%20", "+", StringComparison.Ordinal);

    private static void WriteObject(Utf8JsonWriter json, string name, StoredObject stored)
    {
        json.WriteStartObject("object");
        json.WriteString("key", EncodeKey(stored.Key));
        if (IsCreation(name))
            json.WriteNumber("size", stored.Size);
        // A removed object has no ETag.
        if (!IsRemoval(name))
            json.WriteString("eTag", stored.ETag);
        if (stored.VersionId is not null)
            json.WriteString("versionId", stored.VersionId);
        if (IsCreation(name) || IsRemoval(name))
            json.WriteString("sequencer", ChangeSequence.Format(stored.Change));
        json.WriteEndObject();
    }

    private static bool IsCreation(string name) => name.StartsWith("ObjectCreated:", StringComparison.Ordinal);

    private static bool IsRemoval(string name) => name.StartsWith("ObjectRemoved:", StringComparison.Ordinal);

    private static void WriteStrings(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
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
