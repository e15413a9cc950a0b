using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>Adds up what an owner's uploads take, from the index of owners: it has a small entry for each, so this costs one read for every few thousand of them.</summary>
internal sealed class HeldBytes(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<long> SumAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        await InParallel.ForEachAsync(IndexKeys.OwnerLists(owner, options.Shards), AddAsync).ConfigureAwait(false);
        return bytes;

        async Task AddAsync(string list)
        {
            var walk = Walk(list, profile, now);
            while (await walk.FillAsync(cancellationToken).ConfigureAwait(false))
                Interlocked.Add(ref bytes, walk.Take().NumberOf(Names.HeldSize));
        }
    }

    private IndexWalk Walk(string list, string profile, DateTimeOffset now) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = Names.ByOwner,
        KeyConditionExpression = "#list = :list",
        FilterExpression = "#profile = :profile AND attribute_exists(#held) AND (attribute_not_exists(#ends) OR #ends > :now)",
        ProjectionExpression = "#held",
        ExpressionAttributeNames = new() { ["#list"] = Names.OwnerList, ["#profile"] = Names.Profile, ["#held"] = Names.HeldSize, ["#ends"] = Names.QuotaEndsAt },
        ExpressionAttributeValues = new() { [":list"] = Values.Of(list), [":profile"] = Values.Of(profile), [":now"] = Values.Of(now) },
    });
}
