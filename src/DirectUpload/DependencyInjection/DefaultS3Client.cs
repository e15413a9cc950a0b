using Amazon.S3;

namespace DirectUpload.DependencyInjection;

/// <summary>
/// The SDK's client, made only when the host has registered none. Its own limits lie beyond those of the library, which hold for every client: the SDK's default is 24 days.
/// </summary>
internal sealed class DefaultS3Client : IDisposable
{
    private readonly Lazy<AmazonS3Client> _client = new(() => new AmazonS3Client(new AmazonS3Config
    {
        Timeout = TimeSpan.FromMinutes(20),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxErrorRetry = 2,
    }));

    public IAmazonS3 Value => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
