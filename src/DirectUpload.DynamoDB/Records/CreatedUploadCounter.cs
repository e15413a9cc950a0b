using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Counts an owner's newest records in the owner index: it reads the latest ids and filters by creation time.</summary>
internal sealed class CreatedUploadCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<int> CountAsync(OwnerUsageQuery query, CancellationToken cancellationToken)
    {
        var (count, limit) = (0, query.CreatedLimit);
        var added = new AddedRecord(query.Added);
        await ParallelRequests.ForEachAsync(IndexKeys.GetOwnerLists(query.Owner, options.Shards), AddAsync).ConfigureAwait(false);
        return Math.Min(added.Missing?.CreatedAt > query.CreatedAfter ? count + 1 : count, limit);

        async Task AddAsync(string list)
        {
            var walk = CreateQuery(list, query.CreatedAfter);
            while (Volatile.Read(ref count) < limit && await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                added.Compare(walk.Dequeue());
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
