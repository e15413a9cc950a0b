using Amazon.DynamoDBv2;

namespace DirectUpload.DynamoDB;

/// <summary>The SDK's client with its default configuration, made only when the host has registered none.</summary>
internal sealed class DefaultDynamoDBClient : IDisposable
{
    private readonly Lazy<AmazonDynamoDBClient> _client = new(() => new AmazonDynamoDBClient());

    public IAmazonDynamoDB Value => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
