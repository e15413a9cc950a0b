using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// An owner's records: the index tells their ids, the table their newest state. An index that held whole records would cost every change a second write.
/// </summary>
internal sealed class OwnerListing(IAmazonDynamoDB client, DynamoDBStoreOptions options, ItemReader reader, TimeProvider clock)
{
    /// <summary>DynamoDB takes at most so many keys in a batch.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</remarks>
    private const int Batch = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<UploadRecord>> ListAsync(string? owner, int limit, UploadId? before, CancellationToken cancellationToken)
    {
        var walks = IndexKeys.OwnerLists(owner, options.Shards).Select(list => Walk(list, limit, before)).ToArray();
        var listed = new List<UploadRecord>();
        while (listed.Count < limit)
        {
            var items = await IndexWalk.TakeAsync(walks, Math.Min(limit - listed.Count, Batch), First, cancellationToken).ConfigureAwait(false);
            if (items.Count == 0)
                break;
            listed.AddRange(await GetAsync([.. items.Select(item => item.TextOf(Names.Id))], cancellationToken).ConfigureAwait(false));
        }

        return listed;
    }

    private static IndexWalk? First(IEnumerable<IndexWalk> walks) => walks.MaxBy(walk => walk.Next!.TextOf(Names.Id), StringComparer.Ordinal);

    /// <summary>In the order of the ids; those that have gone are left out.</summary>
    private async Task<IEnumerable<UploadRecord>> GetAsync(string[] ids, CancellationToken cancellationToken)
    {
        var items = new Dictionary<string, Item>();
        var keys = new KeysAndAttributes { ConsistentRead = true, Keys = [.. ids.Select(id => new Item { [Names.Id] = Values.Of(id) })] };
        for (var wait = TimeSpan.FromMilliseconds(50); keys is { Keys.Count: > 0 }; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var request = new BatchGetItemRequest { RequestItems = new() { [options.TableName] = keys } };
            var response = await client.BatchGetItemAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Responses?.GetValueOrDefault(options.TableName) ?? [])
                items[item.TextOf(Names.Id)] = item;
            // Throttling leaves keys out, and no error is raised unless it leaves out all.
            keys = response.UnprocessedKeys?.GetValueOrDefault(options.TableName);
            if (keys is { Keys.Count: > 0 })
                await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
        }

        return ids.Where(items.ContainsKey).Select(id => reader.TryRead(items[id])).OfType<UploadRecord>();
    }

    private IndexWalk Walk(string list, int limit, UploadId? before)
    {
        var query = new QueryRequest
        {
            TableName = options.TableName,
            IndexName = Names.ByOwner,
            KeyConditionExpression = "#list = :list",
            ExpressionAttributeNames = new() { ["#list"] = Names.OwnerList },
            ExpressionAttributeValues = new() { [":list"] = Values.Of(list) },
            ScanIndexForward = false,
            Limit = limit,
        };
        if (before is { } end)
        {
            query.KeyConditionExpression += " AND #id < :before";
            query.ExpressionAttributeNames.Add("#id", Names.Id);
            query.ExpressionAttributeValues.Add(":before", Values.Of(end.ToString()));
        }

        return new(client, query);
    }
}
