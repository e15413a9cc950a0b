using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Adds up the stored bytes of an owner from the owner index.</summary>
/// <remarks>The index has a small entry per upload, so one read covers a few thousand uploads.</remarks>
internal sealed class StoredByteCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<long> SumAsync(OwnerUsageQuery query, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var added = new AddedRecord(query.Added);
        await ParallelRequests.ForEachAsync(IndexKeys.GetOwnerLists(query.Owner, options.Shards), AddAsync).ConfigureAwait(false);
        return bytes + (added.Missing?.StoredBytes() ?? 0);

        async Task AddAsync(string list)
        {
            var walk = CreateQuery(list, query.Profile, query.Now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                var entry = walk.Dequeue();
                added.Compare(entry);
                Interlocked.Add(ref bytes, entry.GetNumber(AttributeNames.StoredSize));
            }
        }
    }

    private IndexQuery CreateQuery(string list, string profile, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByOwner,
        KeyConditionExpression = "#list = :list",
        FilterExpression = "#profile = :profile AND attribute_exists(#stored) AND (attribute_not_exists(#ends) OR #ends > :now)",
        ProjectionExpression = "#id, #stored",
        ExpressionAttributeNames = new()
        {
            ["#list"] = AttributeNames.OwnerList,
            ["#id"] = AttributeNames.Id,
            ["#profile"] = AttributeNames.Profile,
            ["#stored"] = AttributeNames.StoredSize,
            ["#ends"] = AttributeNames.QuotaEndsAt,
        },
        ExpressionAttributeValues = new()
        {
            [":list"] = AttributeValues.From(list),
            [":profile"] = AttributeValues.From(profile),
            [":now"] = AttributeValues.From(now),
        },
    });
}
