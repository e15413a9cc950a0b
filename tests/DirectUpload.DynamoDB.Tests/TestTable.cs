using DirectUpload.DynamoDB.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>A table that no other test sees.</summary>
internal sealed class TestTable : IStoreUnderTest
{
    private readonly List<AmazonDynamoDBClient> _clients = [];
    private readonly AmazonDynamoDBClient _client;

    private TestTable(DynamoDBStoreOptions options)
    {
        Options = options;
        _client = TestClients.Create();
        Store = CreateStore(_client);
    }

    public DynamoDBStoreOptions Options { get; }

    public IUploadRecordStore Store { get; }

    /// <summary>The server, past the store.</summary>
    public AmazonDynamoDBClient Client => _client;

    public static async Task<TestTable> CreateAsync(CancellationToken cancellationToken, int shards = 8)
    {
        var table = new TestTable(new() { TableName = $"records-{Guid.NewGuid():N}", Shards = shards });
        await DynamoDBTable.CreateIfMissingAsync(table._client, table.Options, cancellationToken: cancellationToken);
        return table;
    }

    public ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken) => new(OpenStore(null));

    /// <summary>A store on the same table with a client of its own.</summary>
    public IUploadRecordStore OpenStore(InterceptingHandler? wire, int retries = 10)
    {
        var client = TestClients.Create(wire, retries);
        _clients.Add(client);
        return CreateStore(client);
    }

    /// <summary>The item as the server has it.</summary>
    public async Task<Item> GetItemAsync(UploadId id) =>
        (await _client.GetItemAsync(Options.TableName, new() { ["id"] = new() { S = id.ToString() } }, consistentRead: true)).Item;

    public async ValueTask DisposeAsync()
    {
        await _client.DeleteTableAsync(Options.TableName);
        foreach (var client in _clients.Append(_client))
            client.Dispose();
    }

    private DynamoDBUploadRecordStore CreateStore(IAmazonDynamoDB client) => new(client, Options, TimeProvider.System);
}
