using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Reads many records by their ids, with strong consistency.</summary>
internal sealed class RecordBatchReader(IAmazonDynamoDB client, string table, ItemReader reader, TimeProvider clock)
{
    /// <summary>Specifies the maximum number of keys in a BatchGetItem request.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</remarks>
    private const int MaxBatchSize = 100;

    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    /// <summary>Reads records in the order of the ids; records that no longer exist or are unreadable are left out.</summary>
    public async Task<IEnumerable<UploadRecord>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var items = new Dictionary<string, Item>();
        await ParallelRequests.ForEachAsync(ids.Chunk(MaxBatchSize), async some =>
        {
            var found = await GetAsync(some, cancellationToken).ConfigureAwait(false);
            lock (items)
            {
                foreach (var item in found)
                    items[item.GetText(AttributeNames.Id)] = item;
            }
        }).ConfigureAwait(false);
        return ids.Where(items.ContainsKey).Select(id => reader.TryRead(items[id])).OfType<UploadRecord>();
    }

    private async Task<List<Item>> GetAsync(string[] ids, CancellationToken cancellationToken)
    {
        var items = new List<Item>();
        var keys = new KeysAndAttributes
        {
            ConsistentRead = true,
            Keys = [.. ids.Select(id => new Item { [AttributeNames.Id] = AttributeValues.From(id) })],
        };
        for (var wait = MinDelay; keys is { Keys.Count: > 0 }; wait = wait * 2 < MaxDelay ? wait * 2 : MaxDelay)
        {
            var request = new BatchGetItemRequest { RequestItems = new() { [table] = keys } };
            var response = await client.BatchGetItemAsync(request, cancellationToken).ConfigureAwait(false);
            items.AddRange(response.Responses?.GetValueOrDefault(table) ?? []);
            // Under throttling, DynamoDB omits keys from the response; it returns an error only when it omits all of them.
            keys = response.UnprocessedKeys?.GetValueOrDefault(table);
            if (keys is { Keys.Count: > 0 })
                await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
        }

        return items;
    }
}
