using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// Leases what is to be notified of, and ends such leases, by attributes that no other write of a record touches. The index tells what may be due; each lease is then a conditional write.
/// </summary>
internal sealed class NotificationClaim(IAmazonDynamoDB client, RecordWrites writes, DynamoDBStoreOptions options, ItemReader reader)
{
    public async Task<IReadOnlyList<NotificationLease>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var walks = Enumerable.Range(0, options.Shards).Select(shard => Walk(shard, now, limit)).ToArray();
        var leases = new List<NotificationLease>();
        try
        {
            while (leases.Count < limit)
            {
                var candidates = await IndexWalk.TakeAsync(walks, Math.Min(limit - leases.Count, InParallel.Most), First, cancellationToken).ConfigureAwait(false);
                if (candidates.Count == 0)
                    break;
                await InParallel.ForEachAsync(candidates.Where(candidate => IsFree(candidate, now)), candidate => TryLeaseAsync(candidate)).ConfigureAwait(false);
            }
        }
        catch (Exception) when (leases.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            // What was leased is worth more than the news of an outage, which the next call will bring.
        }

        return [.. leases.OrderBy(lease => lease.NotifyAt)];

        async Task TryLeaseAsync(Item candidate)
        {
            if (await LeaseAsync(candidate, now, until, cancellationToken).ConfigureAwait(false) is not { } item)
                return;
            if (reader.TryRead(item) is { } record)
            {
                lock (leases)
                    leases.Add(new(record, item.TimeOf(Names.NotifyAt), until));
            }
            else
            {
                await SetAsideAsync(item, now, until, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends a lease. What was stored since it was taken stays due: then only how far the handlers were notified is stored.</summary>
    public async Task<bool> SaveAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken)
    {
        var unchanged = Ending(lease, told);
        if (notifyAt is { } next)
            unchanged.Set(Values.Of(next), Names.NotifyAt).Set(Values.Of(IndexKeys.Shard(lease.Record.Id, options.Shards)), Names.NotifyShard);
        else
            unchanged.Remove(Names.NotifyAt).Remove(Names.NotifyShard);
        if (await writes.TryAsync(lease.Record.Id, unchanged, $"{Held(unchanged, lease)} AND {unchanged.Name(Names.NotifyAt)} = {unchanged.Value(Values.Of(lease.NotifyAt))}", cancellationToken)
            .ConfigureAwait(false) is not null)
        {
            return true;
        }

        var since = Ending(lease, told);
        return await writes.TryAsync(lease.Record.Id, since, Held(since, lease), cancellationToken).ConfigureAwait(false) is not null;
    }

    private static UpdateExpression Ending(NotificationLease lease, IReadOnlyList<UploadTold> told)
    {
        var change = new UpdateExpression().Set(RecordWriter.Told(told), Names.Told);
        return change.Remove(Names.NotifyUntil).Remove(Names.NotifyMark);
    }

    private static string Held(UpdateExpression change, NotificationLease lease) => $"{change.Name(Names.NotifyUntil)} = {change.Value(Values.Of(lease.Until))}";

    // An answer may be lost, and the SDK's repetition be refused because of what the first request wrote: the mark tells.
    private async Task<Item?> LeaseAsync(Item candidate, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, mark) = (UploadId.Parse(candidate.TextOf(Names.Id)), RecordWrites.NewMark());
        var change = new UpdateExpression().Set(Values.Of(until), Names.NotifyUntil).Set(mark, Names.NotifyMark);
        var (at, held, time) = (change.Name(Names.NotifyAt), change.Name(Names.NotifyUntil), change.Value(Values.Of(now)));
        return await writes.TryAsync(id, change, $"{at} <= {time} AND (attribute_not_exists({held}) OR {held} <= {time})", cancellationToken).ConfigureAwait(false)
            ?? (await writes.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found && found.Text(Names.NotifyMark) == mark.S ? found : null);
    }

    private Task<Item?> SetAsideAsync(Item item, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var change = new UpdateExpression().Set(Values.Of(now + UnreadableRecords.SetAsideFor), Names.NotifyAt).Remove(Names.NotifyUntil).Remove(Names.NotifyMark);
        return writes.TryAsync(UploadId.Parse(item.TextOf(Names.Id)), change, $"{change.Name(Names.NotifyUntil)} = {change.Value(Values.Of(until))}", cancellationToken);
    }

    private static bool IsFree(Item candidate, DateTimeOffset now) => !(candidate.Time(Names.NotifyUntil) > now);

    private static IndexWalk? First(IEnumerable<IndexWalk> walks) => walks.MinBy(walk => walk.Next!.TextOf(Names.NotifyAt), StringComparer.Ordinal);

    private IndexWalk Walk(int shard, DateTimeOffset now, int limit) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = Names.ByNotify,
        KeyConditionExpression = "#shard = :shard AND #at <= :now",
        ExpressionAttributeNames = new() { ["#shard"] = Names.NotifyShard, ["#at"] = Names.NotifyAt },
        ExpressionAttributeValues = new() { [":shard"] = Values.Of(shard), [":now"] = Values.Of(now) },
        Limit = Math.Max(25, limit),
    });
}
