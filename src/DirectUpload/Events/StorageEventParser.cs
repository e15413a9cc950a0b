using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>
/// Reads what storage says, however it is sent: S3's own notifications (by SQS, by Lambda, by SNS with or without its envelope), EventBridge, MinIO's webhook and Ceph's push. Never throws for what it
/// is given: what can't be read is a <see cref="StorageEventMessage.Fault"/>. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html, https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html,
/// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html, https://docs.ceph.com/en/latest/radosgw/notifications/
/// </remarks>
public static class StorageEventParser
{
    /// <summary>The longest message that is read, in bytes; SQS and SNS carry at most a quarter of it.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>Reads one message.</summary>
    /// <param name="utf8Json">The message's body.</param>
    public static StorageEventMessage Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > Largest)
            return StorageEventMessage.Unreadable($"The message has {utf8Json.Length} bytes; at most {Largest} are read.");
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, mayBeEnvelope: true);
        }
        catch (JsonException malformed)
        {
            return StorageEventMessage.Unreadable($"The message is not JSON (line {malformed.LineNumber + 1}).");
        }
        catch (InvalidOperationException)
        {
            return StorageEventMessage.Unreadable("The message holds text that is not UTF-8, or half a surrogate pair.");
        }
    }

    private static StorageEventMessage Read(JsonElement message, bool mayBeEnvelope)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return StorageEventMessage.Unreadable("The message is not a JSON object.");
        if (message.TryGetProperty("Records", out var records))
            return S3Records.Read(records);
        if (message.Text("Event") == "s3:TestEvent")
            return new StorageEventMessage([]) { IsTest = true };
        if (message.TryGetProperty("detail-type", out _))
            return EventBridgeEvent.Read(message);
        if (mayBeEnvelope && message.Text("Type") == "Notification" && message.Text("Message") is { } enclosed)
            return ReadEnclosed(enclosed);
        return StorageEventMessage.Unreadable("The message is no storage event: it has neither Records nor a detail-type, and is no SNS notification.");
    }

    private static StorageEventMessage ReadEnclosed(string enclosed)
    {
        using var document = JsonDocument.Parse(enclosed);
        return Read(document.RootElement, mayBeEnvelope: false);
    }
}
