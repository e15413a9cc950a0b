using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Adds up the stored bytes of an owner from the owner index.</summary>
/// <remarks>The index has a small entry per upload, so one read covers a few thousand uploads.</remarks>
internal sealed class StoredByteCounter(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<long> SumAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        await ParallelRequests.ForEachAsync(IndexKeys.GetOwnerLists(owner, options.Shards), AddAsync).ConfigureAwait(false);
        return bytes;

        async Task AddAsync(string list)
        {
            var walk = CreateQuery(list, profile, now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
                Interlocked.Add(ref bytes, walk.Dequeue().GetNumber(AttributeNames.StoredSize));
        }
    }

    private IndexQuery CreateQuery(string list, string profile, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = AttributeNames.ByOwner,
        KeyConditionExpression = "#list = :list",
        FilterExpression = "#profile = :profile AND attribute_exists(#stored) AND (attribute_not_exists(#ends) OR #ends > :now)",
        ProjectionExpression = "#stored",
        ExpressionAttributeNames = new()
        {
            ["#list"] = AttributeNames.OwnerList,
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
