using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>S3's events as EventBridge carries them. Keys are plain there.</summary>
internal static class EventBridgeEvent
{
    public static StorageEventMessage Read(JsonElement message)
    {
        // A rule that matches more than S3 is no mistake of storage's.
        if (message.Text("source") != "aws.s3" || message.Text("detail-type") is not { } type)
            return new StorageEventMessage([]);
        if (message.Object("detail") is not { } detail || detail.Object("bucket")?.Text("name") is not { Length: > 0 } bucket)
            return StorageEventMessage.Unreadable("The event lacks its detail or bucket.");
        if (detail.Object("object") is not { } stored || stored.Text("key") is not { Length: > 0 } key)
            return StorageEventMessage.Unreadable("The event lacks its object's key.");
        if (!EventKey.IsOne(key))
            return StorageEventMessage.Unreadable("The event's object has a key of more than 1,024 bytes, which S3 does not take.");
        return new StorageEventMessage(
        [
            new StorageEvent(KindOf(type), bucket, key)
            {
                Name = type,
                Size = stored.Number("size"),
                ETag = stored.Text("etag"),
                VersionId = stored.Text("version-id") is { Length: > 0 } version ? version : null,
                Sequencer = stored.Text("sequencer") is { Length: > 0 } sequencer ? new StorageSequencer(sequencer) : null,
            },
        ]);
    }

    private static StorageEventKind KindOf(string type) => type switch
    {
        "Object Created" => StorageEventKind.Created,
        "Object Deleted" => StorageEventKind.Removed,
        _ => StorageEventKind.Other,
    };
}
