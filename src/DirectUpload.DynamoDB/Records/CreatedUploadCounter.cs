using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Counts an owner's newest records in the owner index: it reads the latest ids and filters by creation time.</summary>
internal sealed class CreatedUploadCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<int> CountAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var count = 0;
        await ParallelRequests.ForEachAsync(IndexKeys.GetOwnerLists(owner, options.Shards), AddAsync).ConfigureAwait(false);
        return Math.Min(count, limit);

        async Task AddAsync(string list)
        {
            var walk = CreateQuery(list, since);
            while (Volatile.Read(ref count) < limit && await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                walk.Dequeue();
                Interlocked.Increment(ref count);
            }
        }
    }

    private IndexQuery CreateQuery(string list, DateTimeOffset since) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByOwner,
        KeyConditionExpression = "#list = :list AND #id >= :oldest",
        FilterExpression = "#created > :since",
        ProjectionExpression = "#id",
        ScanIndexForward = false,
        ExpressionAttributeNames = new()
        {
            ["#list"] = AttributeNames.OwnerList,
            ["#id"] = AttributeNames.Id,
            ["#created"] = AttributeNames.CreatedAt,
        },
        ExpressionAttributeValues = new()
        {
            [":list"] = AttributeValues.From(list),
            [":oldest"] = AttributeValues.From(IdRange.CreateOldest(since)),
            [":since"] = AttributeValues.From(since),
        },
    });
}
