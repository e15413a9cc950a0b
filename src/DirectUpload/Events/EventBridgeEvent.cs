using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>Reads events of S3 and GuardDuty in the format of EventBridge, in which keys are not encoded.</summary>
internal static class EventBridgeEvent
{
    private const string ScanType = "GuardDuty Malware Protection Object Scan Result";

    // The EventBridge rule may also match other events; they are ignored. Only AWS can publish events whose source begins with "aws.".
    public static StorageEventMessage Read(JsonElement message) =>
        (message.GetStringOrNull("source"), message.GetStringOrNull("detail-type")) switch
        {
            ("aws.s3", { } type) => ReadChange(message, type),
            ("aws.guardduty", ScanType) => ReadScan(message),
            _ => new StorageEventMessage([]),
        };

    private static StorageEventMessage ReadScan(JsonElement message)
    {
        if (message.GetObjectOrNull("detail") is not { } detail || detail.GetObjectOrNull("s3ObjectDetails") is not { } scanned
            || scanned.GetStringOrNull("bucketName") is not { Length: > 0 } bucket
            || scanned.GetStringOrNull("objectKey") is not { Length: > 0 } key || !EventKey.IsValid(key))
            return StorageEventMessage.Unreadable("The event of GuardDuty names no bucket, or no valid object key.");
        return new StorageEventMessage(
        [
            new StorageEvent(StorageEventKind.Scanned, bucket, key)
            {
                Name = ScanType,
                ETag = scanned.GetStringOrNull("eTag"),
                VersionId = scanned.GetStringOrNull("versionId") is { Length: > 0 } version ? version : null,
                Scan = ObjectScan.Read(detail),
            },
        ]);
    }

    private static StorageEventMessage ReadChange(JsonElement message, string type)
    {
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
