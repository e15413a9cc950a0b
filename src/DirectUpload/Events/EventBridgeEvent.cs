using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>Reads S3 events in the format of EventBridge, in which keys are not encoded.</summary>
internal static class EventBridgeEvent
{
    public static StorageEventMessage Read(JsonElement message)
    {
        // The EventBridge rule may also match other sources than S3; their events are ignored.
        if (message.GetStringOrNull("source") != "aws.s3" || message.GetStringOrNull("detail-type") is not { } type)
            return new StorageEventMessage([]);
        if (message.GetObjectOrNull("detail") is not { } detail
            || detail.GetObjectOrNull("bucket")?.GetStringOrNull("name") is not { Length: > 0 } bucket)
            return StorageEventMessage.Unreadable("The event has no detail or no bucket name.");
        if (detail.GetObjectOrNull("object") is not { } stored || stored.GetStringOrNull("key") is not { Length: > 0 } key)
            return StorageEventMessage.Unreadable("The event has no object key.");
        if (!EventKey.IsValid(key))
            return StorageEventMessage.Unreadable("The event has an object key of more than 1,024 bytes, the limit of S3.");
        return new StorageEventMessage(
        [
            new StorageEvent(GetKind(type), bucket, key)
            {
                Name = type,
                Size = stored.GetInt64OrNull("size"),
                ETag = stored.GetStringOrNull("etag"),
                VersionId = stored.GetStringOrNull("version-id") is { Length: > 0 } version ? version : null,
                Sequencer = stored.GetStringOrNull("sequencer") is { Length: > 0 } sequencer ? new StorageSequencer(sequencer) : null,
            },
        ]);
    }

    private static StorageEventKind GetKind(string type) => type switch
    {
        "Object Created" => StorageEventKind.Created,
        "Object Deleted" => StorageEventKind.Removed,
        _ => StorageEventKind.Other,
    };
}
