using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>Reads the event notifications of S3, and those of MinIO and Ceph, which have the same format.</summary>
internal static class S3EventNotification
{
    private const string SupportedMajorVersion = "2.";

    public static StorageEventMessage Read(JsonElement records)
    {
        if (records.ValueKind != JsonValueKind.Array)
            return StorageEventMessage.Unreadable("Records is not an array.");
        var events = new List<StorageEvent>(records.GetArrayLength());
        foreach (var record in records.EnumerateArray())
        {
            var (read, error) = ReadRecord(record);
            if (error is not null)
                return StorageEventMessage.Unreadable(error);
            events.Add(read!);
        }

        return new StorageEventMessage(events);
    }

    private static (StorageEvent? Event, string? Error) ReadRecord(JsonElement record)
    {
        // A later minor version only adds fields; another major version may change their meaning.
        if (record.GetStringOrNull("eventVersion") is { } version && !version.StartsWith(SupportedMajorVersion, StringComparison.Ordinal))
            return (null, "A record has an eventVersion other than 2.x, which is not supported.");
        if (record.GetStringOrNull("eventName") is not { } name || record.GetObjectOrNull("s3") is not { } s3
            || s3.GetObjectOrNull("bucket")?.GetStringOrNull("name") is not { Length: > 0 } bucket
            || s3.GetObjectOrNull("object") is not { } stored || stored.GetStringOrNull("key") is not { Length: > 0 } encoded)
            return (null, "A record has no eventName, no bucket or no key.");
        if (EventKey.Decode(encoded) is not { } key)
            return (null, "A record's key is not form-encoded, or is longer than 1,024 bytes.");

        name = name.StartsWith("s3:", StringComparison.Ordinal) ? name[3..] : name;
        return (new StorageEvent(GetKind(name), bucket, key)
        {
            Name = name,
            Size = stored.GetInt64OrNull("size"),
            ETag = stored.GetStringOrNull("eTag"),
            VersionId = stored.GetStringOrNull("versionId") is { Length: > 0 } version2 ? version2 : null,
            Sequencer = stored.GetStringOrNull("sequencer") is { Length: > 0 } sequencer ? new StorageSequencer(sequencer) : null,
        }, null);
    }

    private static StorageEventKind GetKind(string name) =>
        name.StartsWith("ObjectCreated:", StringComparison.Ordinal) ? StorageEventKind.Created
        : name.StartsWith("ObjectRemoved:", StringComparison.Ordinal) ? StorageEventKind.Removed
        : StorageEventKind.Other;
}
