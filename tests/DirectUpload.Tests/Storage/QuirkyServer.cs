using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Storage;

/// <summary>A LocalS3 that deviates from Amazon S3, with a client as the SDK makes it by default.</summary>
internal sealed class QuirkyServer : IAsyncDisposable
{
    private readonly LocalS3Options _options;
    private readonly LocalS3Server _server;

    private QuirkyServer(LocalS3Options options, LocalS3Server server)
    {
        (_options, _server) = (options, server);
        S3 = new AmazonS3Client(options.AccessKey, options.SecretKey, new AmazonS3Config
        {
            ServiceURL = $"{server.Endpoint}",
            ForcePathStyle = true,
            AuthenticationRegion = options.Region,
            UseHttp = true,
            MaxErrorRetry = 0,
        });
    }

    public const string Bucket = "uploads";

    public AmazonS3Client S3 { get; }

    public S3Access Access => new($"{_server.Endpoint}".TrimEnd('/'), _options.AccessKey, _options.SecretKey, _options.Region);

    public static async Task<QuirkyServer> StartAsync(LocalS3Quirks quirks)
    {
        var options = new LocalS3Options
        {
            Url = "http://127.0.0.1:0",
            DataDirectory = Directory.CreateTempSubdirectory("directupload-quirks-").FullName,
            Quirks = quirks,
        };
        return new(options, await LocalS3Server.StartAsync(options));
    }

    /// <summary>Writes an object in two parts.</summary>
    public async Task<byte[]> PutMultipartAsync(string key, int size)
    {
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        var id = (await S3.InitiateMultipartUploadAsync(Bucket, key)).UploadId;
        var parts = new List<PartETag>();
        foreach (var (piece, number) in bytes.Chunk(5 * 1024 * 1024).Select((piece, at) => (piece, at + 1)))
        {
            var sent = await S3.UploadPartAsync(new UploadPartRequest
            {
                BucketName = Bucket,
                Key = key,
                UploadId = id,
                PartNumber = number,
                InputStream = new MemoryStream(piece),
            });
            parts.Add(new PartETag(number, sent.ETag));
        }

        await S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = key, UploadId = id, PartETags = parts });
        return bytes;
    }

    public async Task<byte[]> GetAsync(string key)
    {
        using var got = await S3.GetObjectAsync(Bucket, key);
        using var bytes = new MemoryStream();
        await got.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }
}
