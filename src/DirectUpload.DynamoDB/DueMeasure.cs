using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;

namespace DirectUpload.DynamoDB;

/// <summary>Counts what is due, shard by shard, and looks at the first of each.</summary>
internal sealed class DueMeasure(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<DueUploads> MeasureAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (count, oldest) = (0, new List<string>());
        await InParallel.ForEachAsync(Enumerable.Range(0, options.Shards), AddAsync).ConfigureAwait(false);
        return new(Math.Min(count, limit), oldest.Count == 0 ? null : Values.ReadTime(oldest.Min(StringComparer.Ordinal)!));

        async Task AddAsync(int shard)
        {
            var walk = new IndexWalk(client, new QueryRequest
            {
                TableName = options.TableName,
                IndexName = Names.ByDue,
                KeyConditionExpression = "#shard = :shard AND #due <= :now",
                ProjectionExpression = "#due",
                ExpressionAttributeNames = new() { ["#shard"] = Names.DueShard, ["#due"] = Names.DueAt },
                ExpressionAttributeValues = new() { [":shard"] = Values.Of(shard), [":now"] = Values.Of(now) },
            });
            for (var first = true; Volatile.Read(ref count) < limit && await walk.FillAsync(cancellationToken).ConfigureAwait(false); first = false)
            {
                var due = walk.Take().TextOf(Names.DueAt);
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
