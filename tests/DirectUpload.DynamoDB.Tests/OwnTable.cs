using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>A table that no other test sees.</summary>
internal sealed class OwnTable : IStoreUnderTest
{
    private readonly List<AmazonDynamoDBClient> _clients = [];
    private readonly AmazonDynamoDBClient _client;

    private OwnTable(DynamoDBStoreOptions options)
    {
        Options = options;
        _client = Clients.New();
        Store = On(_client);
    }

    public DynamoDBStoreOptions Options { get; }

    public IUploadRecordStore Store { get; }

    /// <summary>The server, past the store.</summary>
    public AmazonDynamoDBClient Client => _client;

    public static async Task<OwnTable> CreateAsync(CancellationToken cancellationToken, int shards = 8)
    {
        var table = new OwnTable(new() { TableName = $"records-{Guid.NewGuid():N}", Shards = shards });
        await DynamoDBTable.CreateIfMissingAsync(table._client, table.Options, cancellationToken: cancellationToken);
        return table;
    }

    public ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken) => new(Through(null));

    /// <summary>A store on the same table with a client of its own.</summary>
    public IUploadRecordStore Through(Wire? wire, int retries = 10)
    {
        var client = Clients.New(wire, retries);
        _clients.Add(client);
        return On(client);
    }

    /// <summary>The item as the server has it.</summary>
    public async Task<Item> ItemAsync(UploadId id) =>
        (await _client.GetItemAsync(Options.TableName, new() { ["id"] = new() { S = id.ToString() } }, consistentRead: true)).Item;

    public async ValueTask DisposeAsync()
    {
        await _client.DeleteTableAsync(Options.TableName);
        foreach (var client in _clients.Append(_client))
            client.Dispose();
    }

    private DynamoDBUploadRecordStore On(IAmazonDynamoDB client) => new(client, Options, TimeProvider.System);
}
