using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Leases due records in one call.</summary>
/// <remarks>
/// The index lists the due records of each shard in the order of time. Because it lags behind, each record is then leased by a conditional
/// write, which fails if the record has changed.
/// </remarks>
internal sealed class DueUploadLeaser(
    IAmazonDynamoDB client, ConditionalWriter writes, DynamoDBStoreOptions options, ItemReader reader, DateTimeOffset now,
    DateTimeOffset until)
{
    /// <summary>
    /// The page size below which a page costs no less: DynamoDB charges at least 4 KB, which holds somewhat more items than this.
    /// </summary>
    private const int MinPageSize = 25;

    // The order is random, so that competing workers continue with different shards.
    private readonly int[] _shards = CreateShuffled(options.Shards);

    private readonly List<(string DueAt, UploadRecord Record)> _leased = [];
    private bool _isContended;

    public async Task<IReadOnlyList<UploadRecord>> LeaseAsync(int limit, CancellationToken cancellationToken)
    {
        var walks = _shards.Select(
            shard => CreateQuery(shard, Math.Min(limit, Math.Max(MinPageSize, 2 * limit / options.Shards)))).ToArray();
        try
        {
            while (_leased.Count < limit)
            {
                var candidates = await IndexQuery.TakeNextAsync(walks, Math.Min(
                    limit - _leased.Count, ParallelRequests.MaxConcurrency), SelectNext, cancellationToken).ConfigureAwait(false);
                if (candidates.Count == 0)
                    break;
                await ParallelRequests.ForEachAsync(
                    candidates, candidate => TryLeaseAsync(candidate, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (Exception) when (_leased.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            // The leased records are returned; the next call reports the unavailable service.
        }

        return [.. _leased.OrderBy(leased => leased.DueAt, StringComparer.Ordinal).Select(leased => leased.Record)];
    }

    /// <summary>Returns the query with the longest overdue record; after a lost race, the nearest one.</summary>
    private IndexQuery? SelectNext(IEnumerable<IndexQuery> walks) =>
        _isContended
            ? walks.FirstOrDefault()
            : walks.MinBy(walk => walk.Next!.GetText(AttributeNames.NextActionAt), StringComparer.Ordinal);

    private async Task TryLeaseAsync(Item candidate, CancellationToken cancellationToken)
    {
        var (id, version) = (UploadId.Parse(candidate.GetText(AttributeNames.Id)), candidate.GetNumber(AttributeNames.Version));
        var change = new UpdateExpression().Set(AttributeValues.From(until), AttributeNames.NextActionAt);
        // A record that was deleted and added again starts at version 1, so the condition includes the time.
        var isDue = $"{change.Name(AttributeNames.NextActionAt)} <= {change.Value(AttributeValues.From(now))}";
        var item = await writes.TryUpdateAsync(id, version, change, isDue, cancellationToken).ConfigureAwait(false);
        // A later version means that the response was lost and another worker has changed the record since.
        var isMine = item?.GetNumber(AttributeNames.Version) == version + 1;
        var record = isMine ? reader.TryRead(item!) : null;
        lock (_leased)
        {
            if (record is not null)
                _leased.Add((candidate.GetText(AttributeNames.NextActionAt), record));
            else if (!isMine)
                _isContended = true;
        }

        if (isMine && record is null)
            await SetAsideAsync(id, version + 1, cancellationToken).ConfigureAwait(false);
    }

    // The time differs from the lease's end; otherwise other workers would find the record at each of their leases.
    private Task<Item?> SetAsideAsync(UploadId id, long version, CancellationToken cancellationToken) =>
        writes.TryUpdateAsync(
            id, version,
            new UpdateExpression().Set(AttributeValues.From(now + UnreadableRecords.QuarantineDuration), AttributeNames.NextActionAt),
            null, cancellationToken);

    private IndexQuery CreateQuery(int shard, int page) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByNextAction,
        KeyConditionExpression = "#shard = :shard AND #next <= :now",
        ExpressionAttributeNames = new() { ["#shard"] = AttributeNames.NextActionShard, ["#next"] = AttributeNames.NextActionAt },
        ExpressionAttributeValues = new() { [":shard"] = AttributeValues.From(shard), [":now"] = AttributeValues.From(now) },
        Limit = page,
    });

    private static int[] CreateShuffled(int count)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        Random.Shared.Shuffle(numbers);
        return numbers;
    }
}
