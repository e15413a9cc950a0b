using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>Counts an owner's newest records from the index of owners: the ids of the last minutes, filtered by the records' own time.</summary>
internal sealed class CreatedCount(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    /// <summary>The contract's: an id may be so much older than its record.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public async Task<int> CountAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var count = 0;
        await InParallel.ForEachAsync(IndexKeys.OwnerLists(owner, options.Shards), AddAsync).ConfigureAwait(false);
        return Math.Min(count, limit);

        async Task AddAsync(string list)
        {
            var walk = Walk(list, since);
            while (Volatile.Read(ref count) < limit && await walk.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                walk.Take();
                Interlocked.Increment(ref count);
            }
        }
    }

    private IndexWalk Walk(string list, DateTimeOffset since) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = Names.ByOwner,
        KeyConditionExpression = "#list = :list AND #id >= :oldest",
        FilterExpression = "#created > :since",
        ProjectionExpression = "#id",
        ScanIndexForward = false,
        ExpressionAttributeNames = new() { ["#list"] = Names.OwnerList, ["#id"] = Names.Id, ["#created"] = Names.CreatedAt },
        ExpressionAttributeValues = new() { [":list"] = Values.Of(list), [":oldest"] = Values.Of(OldestId(since - LongestWait)), [":since"] = Values.Of(since) },
    });

    // Ids begin with the time in milliseconds, 12 digits; what follows is random.
    private static string OldestId(DateTimeOffset time) =>
        UploadId.New(time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch).ToString()[..12].PadRight(32, '0');
}
