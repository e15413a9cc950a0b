using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;

namespace DirectUpload.DynamoDB;

/// <summary>Counts from an index that holds only what is pending, so that it costs the same however much an owner has finished.</summary>
internal sealed class PendingCount(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<PendingUploads> CountAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, bytes) = (0, 0L);
        await InParallel.ForEachAsync(IndexKeys.Pendings(profile, owner, options.Shards), AddAsync).ConfigureAwait(false);
        return new(count, bytes);

        async Task AddAsync(string key)
        {
            var walk = Walk(key, now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, walk.Take().NumberOf(Names.ClaimedSize));
            }
        }
    }

    private IndexWalk Walk(string key, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = Names.ByPending,
        KeyConditionExpression = "#pending = :pending",
        FilterExpression = "attribute_not_exists(#ends) OR #ends > :now",
        ProjectionExpression = "#size",
        ExpressionAttributeNames = new() { ["#pending"] = Names.Pending, ["#size"] = Names.ClaimedSize, ["#ends"] = Names.QuotaEndsAt },
        ExpressionAttributeValues = new() { [":pending"] = Values.Of(key), [":now"] = Values.Of(now) },
    });
}
