using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Leases due notifications and ends such leases, with attributes that no other write of a record changes.</summary>
/// <remarks>The index lists candidates; each lease is a conditional write.</remarks>
internal sealed class NotificationLeaser(IAmazonDynamoDB client, ConditionalWriter writes, DynamoDBStoreOptions options, ItemReader reader)
{
    public async Task<IReadOnlyList<NotificationLease>> LeaseAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var walks = Enumerable.Range(0, options.Shards).Select(shard => CreateQuery(shard, now, limit)).ToArray();
        var leases = new List<NotificationLease>();
        try
        {
            while (leases.Count < limit)
            {
                var candidates = await IndexQuery.TakeNextAsync(walks, Math.Min(
                    limit - leases.Count, ParallelRequests.MaxConcurrency), SelectNext, cancellationToken).ConfigureAwait(false);
                if (candidates.Count == 0)
                    break;
                await ParallelRequests.ForEachAsync(
                    candidates.Where(candidate => IsFree(candidate, now)), candidate => TryLeaseAsync(candidate)).ConfigureAwait(false);
            }
        }
        catch (Exception) when (leases.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            // The leased notifications are returned; the next call reports the unavailable service.
        }

        return [.. leases.OrderBy(lease => lease.NotifyAt)];

        async Task TryLeaseAsync(Item candidate)
        {
            if (await LeaseItemAsync(candidate, now, until, cancellationToken).ConfigureAwait(false) is not { } item)
                return;
            if (reader.TryRead(item) is { } record)
            {
                lock (leases)
                    leases.Add(new(record, item.GetTime(AttributeNames.NotifyAt), until));
            }
            else
            {
                await SetAsideAsync(item, now, until, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends a lease; if the record has changed since, stores only the checkpoints and keeps the notification due.</summary>
    public async Task<bool> SaveAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken)
    {
        var unchanged = CreateRelease(lease, checkpoints);
        if (notifyAt is { } next)
            unchanged.Set(AttributeValues.From(next), AttributeNames.NotifyAt)
                .Set(AttributeValues.From(IndexKeys.GetShard(lease.Record.Id, options.Shards)), AttributeNames.NotifyShard);
        else
            unchanged.Remove(AttributeNames.NotifyAt).Remove(AttributeNames.NotifyShard);
        if (await writes.TryAsync(
            lease.Record.Id, unchanged,
            $"{CreateLeaseCondition(unchanged, lease)} AND {unchanged.Name(AttributeNames.NotifyAt)} = " +
            $"{unchanged.Value(AttributeValues.From(lease.NotifyAt))}",
            cancellationToken)
            .ConfigureAwait(false) is not null)
        {
            return true;
        }

        var since = CreateRelease(lease, checkpoints);
        return await writes.TryAsync(
            lease.Record.Id, since, CreateLeaseCondition(since, lease), cancellationToken).ConfigureAwait(false) is not null;
    }

    private static UpdateExpression CreateRelease(NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints)
    {
        var change = new UpdateExpression().Set(RecordWriter.WriteCheckpoints(checkpoints), AttributeNames.NotificationCheckpoints);
        return change.Remove(AttributeNames.NotifyUntil).Remove(AttributeNames.NotifyMark);
    }

    private static string CreateLeaseCondition(UpdateExpression change, NotificationLease lease) =>
        $"{change.Name(AttributeNames.NotifyUntil)} = {change.Value(AttributeValues.From(lease.ExpiresAt))}";

    // A response may be lost and the SDK's retry refused because of the first write; the mark identifies it.
    private async Task<Item?> LeaseItemAsync(Item candidate, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, mark) = (UploadId.Parse(candidate.GetText(AttributeNames.Id)), ConditionalWriter.CreateMark());
        var change = new UpdateExpression().Set(AttributeValues.From(until), AttributeNames.NotifyUntil)
            .Set(mark, AttributeNames.NotifyMark);
        var (at, leased, time) = (change.Name(AttributeNames.NotifyAt), change.Name(AttributeNames.NotifyUntil), change.Value(
            AttributeValues.From(now)));
        return await writes.TryAsync(
            id, change, $"{at} <= {time} AND (attribute_not_exists({leased}) OR {leased} <= {time})",
            cancellationToken).ConfigureAwait(false)
            ?? (await writes.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found
                && found.FindText(AttributeNames.NotifyMark) == mark.S ? found : null);
    }

    private Task<Item?> SetAsideAsync(Item item, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var change = new UpdateExpression().Set(AttributeValues.From(now + UnreadableRecords.QuarantineDuration), AttributeNames.NotifyAt)
            .Remove(AttributeNames.NotifyUntil).Remove(AttributeNames.NotifyMark);
        return writes.TryAsync(
            UploadId.Parse(item.GetText(AttributeNames.Id)), change,
            $"{change.Name(AttributeNames.NotifyUntil)} = {change.Value(AttributeValues.From(until))}", cancellationToken);
    }

    private static bool IsFree(Item candidate, DateTimeOffset now) => !(candidate.FindTime(AttributeNames.NotifyUntil) > now);

    private static IndexQuery? SelectNext(IEnumerable<IndexQuery> walks) =>
        walks.MinBy(walk => walk.Next!.GetText(AttributeNames.NotifyAt), StringComparer.Ordinal);

    private IndexQuery CreateQuery(int shard, DateTimeOffset now, int limit) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByNotify,
        KeyConditionExpression = "#shard = :shard AND #at <= :now",
        ExpressionAttributeNames = new() { ["#shard"] = AttributeNames.NotifyShard, ["#at"] = AttributeNames.NotifyAt },
        ExpressionAttributeValues = new() { [":shard"] = AttributeValues.From(shard), [":now"] = AttributeValues.From(now) },
        Limit = Math.Max(25, limit),
    });
}
