using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace DirectUpload.Benchmarks.Cost;

/// <summary>
/// Counts the capacity units of the requests to DynamoDB by the rules of its documentation, because emulators leave out those of indexes.
/// </summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html (Provisioned throughput considerations),
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
/// </remarks>
internal sealed class CapacityCounter : HttpClientFactory
{
    private const double BytesPerWriteUnit = 1024;
    private const double BytesPerReadUnit = 4096;

    private readonly Dictionary<string, JsonElement> _items = [];
    private IReadOnlyList<(string[] Keys, string[] Projected)> _indexes = [];

    public int Writes { get; private set; }

    public double TableWriteUnits { get; private set; }

    public double IndexWriteUnits { get; private set; }

    public double ReadUnits { get; private set; }

    /// <summary>Gets the largest item that was written, in bytes.</summary>
    public int LargestItem { get; private set; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new CountingHandler(this));

    public async Task ReadIndexesAsync(IAmazonDynamoDB client, string table)
    {
        var indexes = (await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes;
        _indexes = [.. indexes.Select(static index => (
            index.KeySchema.Select(static key => key.AttributeName).ToArray(),
            (index.Projection.NonKeyAttributes ?? []).ToArray()))];
    }

    public void Reset() => (Writes, TableWriteUnits, IndexWriteUnits, ReadUnits) = (0, 0, 0, 0);

    private void Count(string operation, JsonElement request, JsonElement response)
    {
        switch (operation)
        {
            case "UpdateItem" when response.TryGetProperty("Attributes", out var written):
                CountWrite(request.GetProperty("Key").GetProperty("id").GetProperty("S").GetString()!, written);
                break;
            case "GetItem":
                var size = response.TryGetProperty("Item", out var item) ? ItemSize.GetBytes(item) : 0;
                var isConsistent = request.TryGetProperty("ConsistentRead", out var consistent) && consistent.GetBoolean();
                ReadUnits += Math.Max(1, Math.Ceiling(size / BytesPerReadUnit)) * (isConsistent ? 1 : 0.5);
                break;
            case "Query":
                // Index entries are small, and a query reads few of them here; reads of an index are eventually consistent.
                var bytes = response.GetProperty("Items").EnumerateArray().Sum(ItemSize.GetBytes);
                ReadUnits += Math.Max(1, Math.Ceiling(bytes / BytesPerReadUnit)) * 0.5;
                break;
            case "DescribeTable" or "CreateTable" or "DeleteTable" or "DescribeTimeToLive" or "UpdateTimeToLive":
                break;
            default:
                throw new NotSupportedException($"The capacity of {operation} is not counted: {response}");
        }
    }

    private void CountWrite(string id, JsonElement written)
    {
        JsonElement? before = _items.TryGetValue(id, out var known) ? known : null;
        _items[id] = written;
        var size = Math.Max(ItemSize.GetBytes(written), before is { } old ? ItemSize.GetBytes(old) : 0);
        LargestItem = Math.Max(LargestItem, size);
        Writes++;
        TableWriteUnits += Math.Ceiling(size / BytesPerWriteUnit);
        foreach (var (keys, projected) in _indexes)
            IndexWriteUnits += GetIndexUnits(keys, projected, before, written);
    }

    // An entry has less than 1 KB. It is written, removed, or, when its key changes, both.
    private static int GetIndexUnits(string[] keys, string[] projected, JsonElement? before, JsonElement after)
    {
        var had = before is { } old && keys.All(key => old.TryGetProperty(key, out _));
        var has = keys.All(key => after.TryGetProperty(key, out _));
        if (!had || !has)
            return had || has ? 1 : 0;
        if (keys.Any(key => IsChanged(key, before!.Value, after)))
            return 2;
        return projected.Any(attribute => IsChanged(attribute, before!.Value, after)) ? 1 : 0;
    }

    private static bool IsChanged(string attribute, JsonElement before, JsonElement after) =>
        GetText(attribute, before) != GetText(attribute, after);

    private static string? GetText(string attribute, JsonElement item) =>
        item.TryGetProperty(attribute, out var value) ? value.GetRawText() : null;

    private sealed class CountingHandler(CapacityCounter counter) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[^1];
            var body = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            // Read twice: here, and by the SDK.
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var content = new ByteArrayContent(answer);
            foreach (var (name, values) in response.Content.Headers)
                content.Headers.TryAddWithoutValidation(name, values);
            response.Content = content;
            if (response.IsSuccessStatusCode)
            {
                lock (counter)
                    counter.Count(operation, body, JsonSerializer.Deserialize<JsonElement>(answer));
            }

            return response;
        }
    }
}
