using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>Parses storage event notifications of all supported formats.</summary>
/// <remarks>
/// <para>
/// Supported are S3 event notifications (through SQS, Lambda, or SNS with or without its envelope), EventBridge events, MinIO webhooks and
/// Ceph push notifications. The parser never throws for invalid content; it returns a <see cref="StorageEventMessage.Error"/>. It is safe
/// for concurrent use.
/// </para>
/// <para>
/// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html,
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html,
/// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html, https://docs.ceph.com/en/latest/radosgw/notifications/
/// </para>
/// </remarks>
internal static class StorageEventParser
{
    /// <summary>The maximum size of a message, in bytes: four times the limit of SQS and SNS.</summary>
    public const int MaxMessageSize = 1024 * 1024;

    /// <summary>Parses one message.</summary>
    /// <param name="utf8Json">The body of the message.</param>
    /// <returns>The events of the message, or the error.</returns>
    public static StorageEventMessage Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > MaxMessageSize)
            return StorageEventMessage.Unreadable($"The message has {utf8Json.Length} bytes; at most {MaxMessageSize} are read.");
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
            return StorageEventMessage.Unreadable("The message contains invalid UTF-8 or an unpaired surrogate.");
        }
    }

    private static StorageEventMessage Read(JsonElement message, bool mayBeEnvelope)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return StorageEventMessage.Unreadable("The message is not a JSON object.");
        if (message.TryGetProperty("Records", out var records))
            return S3EventNotification.Read(records);
        if (message.GetStringOrNull("Event") == "s3:TestEvent")
            return new StorageEventMessage([]) { IsTest = true };
        if (message.TryGetProperty("detail-type", out _))
            return EventBridgeEvent.Read(message);
        if (mayBeEnvelope && message.GetStringOrNull("Type") == "Notification" && message.GetStringOrNull("Message") is { } enclosed)
            return ReadEnvelopedMessage(enclosed);
        return StorageEventMessage.Unreadable("The message is not a storage event: it has neither Records nor a detail-type, and is not "
            + "an SNS notification.");
    }

    private static StorageEventMessage ReadEnvelopedMessage(string enclosed)
    {
        using var document = JsonDocument.Parse(enclosed);
        return Read(document.RootElement, mayBeEnvelope: false);
    }
}
