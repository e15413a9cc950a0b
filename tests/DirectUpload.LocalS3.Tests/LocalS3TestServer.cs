using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.LocalS3.Tests;

/// <summary>A server on a free port with its own folder, and an AWS SDK client with the SDK's defaults.</summary>
public sealed class LocalS3TestServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private LocalS3TestServer(TemporaryFolder folder, LocalS3Server server, LocalS3Options options)
    {
        _folder = folder;
        Endpoint = server.Endpoint;
        Server = server;
        S3 = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = options.Region,
            MaxErrorRetry = 0,
        });
    }

    public Uri Endpoint { get; }

    public LocalS3Server Server { get; }

    public AmazonS3Client S3 { get; }

    public HttpClient Http { get; } = new();

    public TemporaryFolder Folder => _folder;

    public static async Task<LocalS3TestServer> StartAsync(TimeProvider? clock = null, Action<LocalS3Options>? configure = null)
    {
        var folder = new TemporaryFolder();
        var options = new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder.Path };
        configure?.Invoke(options);
        return new(folder, await LocalS3Server.StartAsync(options, clock, TestContext.Current.CancellationToken), options);
    }

    public string Presign(string key, HttpVerb verb, Action<GetPreSignedUrlRequest>? configure = null)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = "uploads",
            Key = key,
            Verb = verb,
            Protocol = Amazon.S3.Protocol.HTTP,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        };
        configure?.Invoke(request);
        return S3.GetPreSignedURL(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        S3.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
