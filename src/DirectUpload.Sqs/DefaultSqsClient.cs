using Amazon.SQS;

namespace DirectUpload.Sqs;

/// <summary>The SDK's client with its default configuration, made only when the host has registered none.</summary>
internal sealed class DefaultSqsClient : IDisposable
{
    private readonly Lazy<AmazonSQSClient> _client = new(() => new AmazonSQSClient());

    public IAmazonSQS Value => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
