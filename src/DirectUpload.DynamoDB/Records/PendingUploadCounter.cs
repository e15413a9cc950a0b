using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Counts pending uploads in an index that contains only these; finished uploads of the owner add no cost.</summary>
internal sealed class PendingUploadCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<(int Count, long Bytes)> CountAsync(OwnerUsageQuery query, CancellationToken cancellationToken)
    {
        var (count, bytes) = (0, 0L);
        var added = new AddedRecord(query.Added);
        await ParallelRequests.ForEachAsync(
            IndexKeys.GetPendingKeys(query.Profile, query.Owner, options.Shards), AddAsync).ConfigureAwait(false);
        return added.Missing?.PendingBytes() is { } missing ? (count + 1, bytes + missing) : (count, bytes);

        async Task AddAsync(string key)
        {
            var walk = CreateQuery(key, query.Now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                var entry = walk.Dequeue();
                added.Compare(entry);
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, entry.GetNumber(AttributeNames.DeclaredSize));
            }
        }
    }

    private IndexQuery CreateQuery(string key, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByPending,
        KeyConditionExpression = "#pending = :pending",
        FilterExpression = "attribute_not_exists(#ends) OR #ends > :now",
        ProjectionExpression = "#id, #size",
        ExpressionAttributeNames = new()
        {
            ["#pending"] = AttributeNames.Pending,
            ["#id"] = AttributeNames.Id,
            ["#size"] = AttributeNames.DeclaredSize,
            ["#ends"] = AttributeNames.QuotaEndsAt,
        },
        ExpressionAttributeValues = new() { [":pending"] = AttributeValues.From(key), [":now"] = AttributeValues.From(now) },
    });
}
