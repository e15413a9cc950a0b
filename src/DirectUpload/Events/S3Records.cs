using System.Text.Json;

namespace DirectUpload.Events;

/// <summary>S3's own records, and those of MinIO and Ceph, which are like them.</summary>
internal static class S3Records
{
    private const string KnownMajor = "2.";

    public static StorageEventMessage Read(JsonElement records)
    {
        if (records.ValueKind != JsonValueKind.Array)
            return StorageEventMessage.Unreadable("Records is not an array.");
        var events = new List<StorageEvent>(records.GetArrayLength());
        foreach (var record in records.EnumerateArray())
        {
            var (read, fault) = ReadOne(record);
            if (fault is not null)
                return StorageEventMessage.Unreadable(fault);
            events.Add(read!);
        }

        return new StorageEventMessage(events);
    }

    private static (StorageEvent? Event, string? Fault) ReadOne(JsonElement record)
    {
        // A later minor version adds fields only; another major means something else.
        if (record.Text("eventVersion") is { } version && !version.StartsWith(KnownMajor, StringComparison.Ordinal))
            return (null, "A record has an eventVersion other than 2.x, which this version does not know.");
        if (record.Text("eventName") is not { } name || record.Object("s3") is not { } s3
            || s3.Object("bucket")?.Text("name") is not { Length: > 0 } bucket || s3.Object("object") is not { } stored || stored.Text("key") is not { Length: > 0 } encoded)
            return (null, "A record lacks its eventName, bucket or key.");
        if (EventKey.Decode(encoded) is not { } key)
            return (null, "A record's key is not encoded as a form's value is.");

        name = name.StartsWith("s3:", StringComparison.Ordinal) ? name[3..] : name;
        return (new StorageEvent(KindOf(name), bucket, key)
        {
            Name = name,
            Size = stored.Number("size"),
            ETag = stored.Text("eTag"),
            VersionId = stored.Text("versionId") is { Length: > 0 } version2 ? version2 : null,
            Sequencer = stored.Text("sequencer") is { Length: > 0 } sequencer ? new StorageSequencer(sequencer) : null,
        }, null);
    }

    private static StorageEventKind KindOf(string name) =>
        name.StartsWith("ObjectCreated:", StringComparison.Ordinal) ? StorageEventKind.Created
        : name.StartsWith("ObjectRemoved:", StringComparison.Ordinal) ? StorageEventKind.Removed
        : StorageEventKind.Other;
}
