using Amazon.DynamoDBv2.Model;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>A record as an item. What is null or empty is left out.</summary>
internal static class RecordWriter
{
    public static Item ToItem(UploadRecord record, int shards)
    {
        var item = new Item
        {
            [Names.Id] = Values.Of(record.Id.ToString()),
            [Names.Profile] = Values.Of(record.Profile),
            [Names.ClaimedSize] = Values.Of(record.ClaimedSize),
            [Names.CreatedAt] = Values.Of(record.CreatedAt),
            [Names.FileName] = Values.Of(record.FileName),
            [Names.ContentType] = Values.Of(record.ContentType),
            [Names.Bucket] = Values.Of(record.Bucket),
            [Names.StagingKey] = Values.Of(record.StagingKey),
            [Names.FinalKey] = Values.Of(record.FinalKey),
            [Names.Status] = Values.Of(record.Status.ToString()),
            [Names.WriteTokenHash] = Values.Of(record.WriteTokenHash.ToString()),
            [Names.ReadTokenHash] = Values.Of(record.ReadTokenHash.ToString()),
            [Names.UpdatedAt] = Values.Of(record.UpdatedAt),
            [Names.GrantExpiresAt] = Values.Of(record.GrantExpiresAt),
            [Names.Attempts] = Values.Of(record.Attempts),
            [Names.Failures] = Values.Of(record.Failures),
            [Names.Version] = Values.Of(record.Version),
            [Names.OwnerList] = Values.Of(IndexKeys.OwnerList(record, shards)),
        };
        AddOptional(item, record);
        AddNested(item, record);
        AddForIndexes(item, record, shards);
        return item;
    }

    private static void AddOptional(Item item, UploadRecord record)
    {
        Add(item, Names.Owner, record.Owner);
        Add(item, Names.ChecksumSha256, record.ChecksumSha256);
        Add(item, Names.ETag, record.ETag);
        Add(item, Names.VersionId, record.VersionId);
        Add(item, Names.Fault, record.Fault);
        if (record.SizeIsOpen)
            item[Names.SizeIsOpen] = new() { BOOL = true };
        if (record.Size is { } size)
            item[Names.Size] = Values.Of(size);
        if (record.DueAt is { } due)
            item[Names.DueAt] = Values.Of(due);
        if (record.RetireAt is { } retire)
            item[Names.RetireAt] = Values.Of(retire);
        if (record.ReadTokenExpiresAt is { } end)
            item[Names.ReadTokenExpiresAt] = Values.Of(end);
        if (record.WriteTokenExpiresAt is { } writeEnd)
            item[Names.WriteTokenExpiresAt] = Values.Of(writeEnd);
    }

    private static void AddNested(Item item, UploadRecord record)
    {
        if (record.Association is { } association)
            item[Names.Association] = new() { M = new() { ["type"] = Values.Of(association.Type), ["id"] = Values.Of(association.Id) } };
        if (record.Error is { } error)
            item[Names.Error] = new() { M = new() { ["code"] = Values.Of(error.Code), ["detail"] = Values.Of(error.Detail) } };
        if (record.Metadata.Count > 0)
            item[Names.Metadata] = Values.Of(record.Metadata);
        if (record.Findings.Count > 0)
            item[Names.Findings] = Values.Of(record.Findings);
        if (record.Derivatives.Count > 0)
            item[Names.Derivatives] = new() { L = [.. record.Derivatives.Select(Derivative)] };
        if (record.Told.Count > 0)
            item[Names.Told] = Told(record.Told);
        if (record.RequiredProcessors.Count > 0)
            item[Names.RequiredProcessors] = new() { L = [.. record.RequiredProcessors.Select(Values.Of)] };
        if (record.Parts is { } parts)
            item[Names.Parts] = Parts(parts);
        item[Names.Audit] = Audit(record.Audit);
    }

    /// <summary>One short text each.</summary>
    public static AttributeValue Told(IReadOnlyList<UploadTold> told) => new() { L = [.. told.Select(one => Values.Of($"{Values.TimeText(one.Until)} {one.Observer}"))] };

    private static AttributeValue Parts(UploadParts parts)
    {
        Item map = new() { ["size"] = Values.Of(parts.Size) };
        Add(map, "multipart_id", parts.MultipartId);
        if (parts.Checksums)
            map["checksums"] = Values.Of(1);
        return new() { M = map };
    }

    private static AttributeValue Derivative(UploadDerivative derivative) => new()
    {
        M = new()
        {
            ["name"] = Values.Of(derivative.Name),
            ["key"] = Values.Of(derivative.Key),
            ["content_type"] = Values.Of(derivative.ContentType),
            ["size"] = Values.Of(derivative.Size),
        },
    };

    private static AttributeValue Audit(UploadAudit audit)
    {
        // One short text each: an item holds 400 KB, and an outage that lasts for days adds some hundred steps a day.
        var map = new Item { ["transitions"] = new() { L = [.. audit.Transitions.Select(step => Values.Of($"{Values.TimeText(step.At)} {step.Status}"))] } };
        Add(map, "actor", audit.Actor);
        Add(map, "remote_address", audit.RemoteAddress);
        Add(map, "user_agent", audit.UserAgent);
        return new() { M = map };
    }

    /// <summary>An index holds only the items that have its key: what is neither due nor pending costs there nothing.</summary>
    private static void AddForIndexes(Item item, UploadRecord record, int shards)
    {
        if (record.PendingBytes() is not null)
            item[Names.Pending] = Values.Of(IndexKeys.Pending(record, shards));
        if (record.HeldBytes() is { } held)
            item[Names.HeldSize] = Values.Of(held);
        if (record.QuotaEndsAt() is { } quotaEnd)
            item[Names.QuotaEndsAt] = Values.Of(quotaEnd);
        if (record.DueAt is not null)
            item[Names.DueShard] = Values.Of(IndexKeys.Shard(record.Id, shards));
        if (record.NotifyAt is { } notify)
            (item[Names.NotifyAt], item[Names.NotifyShard]) = (Values.Of(notify), Values.Of(IndexKeys.Shard(record.Id, shards)));
        if (record.RetireAt is { } retire)
            item[Names.ExpiresAt] = Values.Of((retire.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
    }

    private static void Add(Item item, string name, string? text)
    {
        if (text is not null)
            item[name] = Values.Of(text);
    }
}
