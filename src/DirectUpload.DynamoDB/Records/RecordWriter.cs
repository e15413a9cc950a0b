using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Writes records as items. Null and empty values have no attribute.</summary>
internal static class RecordWriter
{
    public static Item ToItem(UploadRecord record, int shards)
    {
        var item = new Item
        {
            [AttributeNames.Id] = AttributeValues.From(record.Id.ToString()),
            [AttributeNames.Profile] = AttributeValues.From(record.Profile),
            [AttributeNames.DeclaredSize] = AttributeValues.From(record.DeclaredSize),
            [AttributeNames.CreatedAt] = AttributeValues.From(record.CreatedAt),
            [AttributeNames.FileName] = AttributeValues.From(record.FileName),
            [AttributeNames.ContentType] = AttributeValues.From(record.ContentType),
            [AttributeNames.Bucket] = AttributeValues.From(record.Bucket),
            [AttributeNames.StagingKey] = AttributeValues.From(record.StagingKey),
            [AttributeNames.FinalKey] = AttributeValues.From(record.FinalKey),
            [AttributeNames.Status] = AttributeValues.From(record.Status.ToString()),
            [AttributeNames.WriteTokenHash] = AttributeValues.From(record.WriteTokenHash.ToString()),
            [AttributeNames.ReadTokenHash] = AttributeValues.From(record.ReadTokenHash.ToString()),
            [AttributeNames.UpdatedAt] = AttributeValues.From(record.UpdatedAt),
            [AttributeNames.GrantExpiresAt] = AttributeValues.From(record.GrantExpiresAt),
            [AttributeNames.Attempts] = AttributeValues.From(record.Attempts),
            [AttributeNames.FailedAttempts] = AttributeValues.From(record.FailedAttempts),
            [AttributeNames.Version] = AttributeValues.From(record.Version),
            [AttributeNames.OwnerList] = AttributeValues.From(IndexKeys.GetOwnerList(record, shards)),
        };
        AddOptional(item, record);
        AddNested(item, record);
        AddForIndexes(item, record, shards);
        return item;
    }

    private static void AddOptional(Item item, UploadRecord record)
    {
        Add(item, AttributeNames.Owner, record.Owner);
        Add(item, AttributeNames.ChecksumSha256, record.ChecksumSha256);
        Add(item, AttributeNames.ChecksumCrc64Nvme, record.ChecksumCrc64Nvme);
        Add(item, AttributeNames.DeclaredContentType, record.DeclaredContentType);
        Add(item, AttributeNames.ETag, record.ETag);
        Add(item, AttributeNames.VersionId, record.VersionId);
        Add(item, AttributeNames.LastError, record.LastError);
        Add(item, AttributeNames.Progress, record.Progress);
        if (record.IsSizeUnknown)
            item[AttributeNames.IsSizeUnknown] = new() { BOOL = true };
        if (record.Size is { } size)
            item[AttributeNames.Size] = AttributeValues.From(size);
        if (record.NextActionAt is { } due)
            item[AttributeNames.NextActionAt] = AttributeValues.From(due);
        if (record.PurgeAt is { } retire)
            item[AttributeNames.PurgeAt] = AttributeValues.From(retire);
        if (record.AttachedAt is { } attached)
            item[AttributeNames.AttachedAt] = AttributeValues.From(attached);
        if (record.AttachBy is { } attachBy)
            item[AttributeNames.AttachBy] = AttributeValues.From(attachBy);
        if (record.IsReplacing)
            item[AttributeNames.IsReplacing] = new() { BOOL = true };
        if (record.ReadTokenExpiresAt is { } end)
            item[AttributeNames.ReadTokenExpiresAt] = AttributeValues.From(end);
        if (record.WriteTokenExpiresAt is { } writeEnd)
            item[AttributeNames.WriteTokenExpiresAt] = AttributeValues.From(writeEnd);
    }

    private static void AddNested(Item item, UploadRecord record)
    {
        if (record.Association is { } association)
            item[AttributeNames.Association] = WriteAssociation(association);
        if (record.StoredChecksum is { } stored)
            item[AttributeNames.StoredChecksum] = new()
            {
                M = new()
                {
                    ["algorithm"] = AttributeValues.From(stored.Algorithm),
                    ["value"] = AttributeValues.From(stored.Value),
                    ["type"] = AttributeValues.From(stored.Type),
                },
            };
        if (record.Error is { } error)
            item[AttributeNames.Error] = WriteError(error);
        if (record.Decisions.Count > 0)
            item[AttributeNames.Decisions] = new() { L = [.. record.Decisions.Select(WriteDecision)] };
        if (record.Metadata.Count > 0)
            item[AttributeNames.Metadata] = AttributeValues.From(record.Metadata);
        if (record.Properties.Count > 0)
            item[AttributeNames.Properties] = AttributeValues.From(record.Properties);
        if (record.Variants.Count > 0)
            item[AttributeNames.Variants] = new() { L = [.. record.Variants.Select(WriteVariant)] };
        if (record.NotificationCheckpoints.Count > 0)
            item[AttributeNames.NotificationCheckpoints] = WriteCheckpoints(record.NotificationCheckpoints);
        if (record.AllowedContentTypes.Count > 0)
            item[AttributeNames.AllowedContentTypes] = new() { L = [.. record.AllowedContentTypes.Select(AttributeValues.From)] };
        if (record.RequiredProcessors.Count > 0)
            item[AttributeNames.RequiredProcessors] = new() { L = [.. record.RequiredProcessors.Select(AttributeValues.From)] };
        if (CreateParts(record) is { Count: > 0 } parts)
            item[AttributeNames.Parts] = new() { M = parts };
        item[AttributeNames.Audit] = WriteAudit(record);
    }

    private static AttributeValue WriteError(UploadError error) =>
        new() { M = new() { ["code"] = AttributeValues.From(error.Code), ["detail"] = AttributeValues.From(error.Message) } };

    private static AttributeValue WriteDecision(UploadDecision decision)
    {
        var map = new Item { ["processor"] = AttributeValues.From(decision.Processor) };
        if (decision.Deadline is { } deadline)
            map["deadline"] = AttributeValues.From(deadline);
        if (decision.DecidedAt is { } decided)
            map["decided_at"] = AttributeValues.From(decided);
        if (decision.Rejection is { } rejection)
            map["rejection"] = WriteError(rejection);
        Add(map, "decided_by", decision.DecidedBy);
        return new() { M = map };
    }

    private static AttributeValue WriteAssociation(UploadAssociation association)
    {
        var map = new Item { ["type"] = AttributeValues.From(association.Type), ["id"] = AttributeValues.From(association.Id) };
        Add(map, "kind", association.Kind);
        return new() { M = map };
    }

    /// <summary>Writes each checkpoint as one short text.</summary>
    public static AttributeValue WriteCheckpoints(IReadOnlyDictionary<string, DateTimeOffset> checkpoints) =>
        new() { L = [.. checkpoints.Select(one => AttributeValues.From($"{AttributeValues.FormatTime(one.Value)} {one.Key}"))] };

    private static Item CreateParts(UploadRecord record)
    {
        var map = new Item();
        if (record.PartSize is { } size)
            map["size"] = AttributeValues.From(size);
        Add(map, "multipart_id", record.MultipartId);
        if (record.RequiresPartChecksums)
            map["checksums"] = AttributeValues.From(1);
        return map;
    }

    private static AttributeValue WriteVariant(UploadVariant variant) => new()
    {
        M = new()
        {
            ["name"] = AttributeValues.From(variant.Name),
            ["key"] = AttributeValues.From(variant.Key),
            ["content_type"] = AttributeValues.From(variant.ContentType),
            ["size"] = AttributeValues.From(variant.Size),
        },
    };

    private static AttributeValue WriteAudit(UploadRecord record)
    {
        // Each transition is one short text: an item may have 400 KB, and days of failing retries add some hundred transitions per day.
        var map = new Item
        {
            ["transitions"] = new()
            {
                L = [.. record.Transitions.Select(step => AttributeValues.From($"{AttributeValues.FormatTime(step.At)} {step.Status}"))],
            },
        };
        Add(map, "actor", record.Actor);
        Add(map, "remote_address", record.RemoteAddress);
        Add(map, "user_agent", record.UserAgent);
        return new() { M = map };
    }

    /// <summary>Adds the keys of the indexes; an index contains only items that have its key.</summary>
    private static void AddForIndexes(Item item, UploadRecord record, int shards)
    {
        if (record.Association is { } association)
            item[AttributeNames.AssociationList] = AttributeValues.From(IndexKeys.GetAssociationList(association));
        if (record.PendingBytes() is not null)
            item[AttributeNames.Pending] = AttributeValues.From(IndexKeys.GetPendingKey(record, shards));
        if (record.AwaitedProcessor() is { } processor)
            item[AttributeNames.Awaited] = AttributeValues.From(IndexKeys.GetAwaitedKey(record, processor, shards));
        if (record.StoredBytes() is { } storedBytes)
            item[AttributeNames.StoredSize] = AttributeValues.From(storedBytes);
        if (record.QuotaEndsAt() is { } quotaEnd)
            item[AttributeNames.QuotaEndsAt] = AttributeValues.From(quotaEnd);
        if (record.NextActionAt is not null)
            item[AttributeNames.NextActionShard] = AttributeValues.From(IndexKeys.GetShard(record.Id, shards));
        if (record.NotifyAt is { } notify)
            (item[AttributeNames.NotifyAt], item[AttributeNames.NotifyShard]) = (AttributeValues.From(notify), AttributeValues.From(
                IndexKeys.GetShard(record.Id, shards)));
        if (record.PurgeAt is { } retire)
            item[AttributeNames.ExpiresAt] = AttributeValues.From(
                (retire.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
    }

    private static void Add(Item item, string name, string? text)
    {
        if (text is not null)
            item[name] = AttributeValues.From(text);
    }
}
