using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Counts pending uploads in an index that contains only these; finished uploads of the owner add no cost.</summary>
internal sealed class PendingUploadCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<(int Count, long Bytes)> CountAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, bytes) = (0, 0L);
        await ParallelRequests.ForEachAsync(IndexKeys.GetPendingKeys(profile, owner, options.Shards), AddAsync).ConfigureAwait(false);
        return new(count, bytes);

        async Task AddAsync(string key)
        {
            var walk = CreateQuery(key, now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, walk.Dequeue().GetNumber(AttributeNames.DeclaredSize));
            }
        }
    }

    private IndexQuery CreateQuery(string key, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByPending,
        KeyConditionExpression = "#pending = :pending",
        FilterExpression = "attribute_not_exists(#ends) OR #ends > :now",
        ProjectionExpression = "#size",
        ExpressionAttributeNames = new()
        {
            ["#pending"] = AttributeNames.Pending,
            ["#size"] = AttributeNames.DeclaredSize,
            ["#ends"] = AttributeNames.QuotaEndsAt,
        },
        ExpressionAttributeValues = new() { [":pending"] = AttributeValues.From(key), [":now"] = AttributeValues.From(now) },
    });
}
