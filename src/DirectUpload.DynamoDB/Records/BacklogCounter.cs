using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Counts due records and finds the oldest, in all shards.</summary>
internal sealed class BacklogCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<(int Count, DateTimeOffset? Oldest)> CountAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (count, oldest) = (0, new List<string>());
        await ParallelRequests.ForEachAsync(Enumerable.Range(0, options.Shards), AddAsync).ConfigureAwait(false);
        return new(Math.Min(count, limit), oldest.Count == 0 ? null : AttributeValues.ParseTime(oldest.Min(StringComparer.Ordinal)!));

        async Task AddAsync(int shard)
        {
            var query = new IndexQuery(client, new QueryRequest
            {
                TableName = options.TableName,
                IndexName = AttributeNames.ByNextAction,
                KeyConditionExpression = "#shard = :shard AND #next <= :now",
                ProjectionExpression = "#next",
                ExpressionAttributeNames = new() { ["#shard"] = AttributeNames.NextActionShard, ["#next"] = AttributeNames.NextActionAt },
                ExpressionAttributeValues = new() { [":shard"] = AttributeValues.From(shard), [":now"] = AttributeValues.From(now) },
            });
            for (var first = true; Volatile.Read(ref count) < limit
                && await query.FillAsync(cancellationToken).ConfigureAwait(false); first = false)
            {
                var due = query.Dequeue().GetText(AttributeNames.NextActionAt);
                Interlocked.Increment(ref count);
                if (first)
                {
                    lock (oldest)
                        oldest.Add(due);
                }
            }
        }
    }
}
