using Amazon.S3;

namespace DirectUpload.DependencyInjection;

/// <summary>The SDK's client with its default configuration, made only when the host has registered none.</summary>
internal sealed class DefaultS3Client : IDisposable
{
    private readonly Lazy<AmazonS3Client> _client = new(() => new AmazonS3Client());

    public IAmazonS3 Value => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
