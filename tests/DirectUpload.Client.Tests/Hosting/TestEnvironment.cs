using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.Stores;
using DirectUpload.TestKit.Integrity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>
/// Storage and an application, each on a port of its own, each behind a <see cref="InterceptingProxy"/> that clients are sent to.
/// </summary>
internal sealed class TestEnvironment : IAsyncDisposable
{
    private readonly LocalS3Options _options = new()
    {
        Url = "http://127.0.0.1:0",
        DataDirectory = Directory.CreateTempSubdirectory("directupload-client-").FullName,
        Buckets = ["uploads"],
    };

    private LocalS3Server? _s3;
    private WebApplication? _app;

    public required TestEnvironmentOptions Options { get; init; }

    public InterceptingProxy Storage { get; private set; } = null!;

    public InterceptingProxy Application { get; private set; } = null!;

    public AmazonS3Client S3 { get; private set; } = null!;

    public Uri StorageEndpoint => Options.Server is { } server ? new(server.Endpoint) : _s3!.Endpoint;

    public string Bucket => Options.Server?.Bucket ?? "uploads";

    public Uri ApplicationEndpoint => new(_app!.Urls.First());

    public static async Task<TestEnvironment> StartAsync(TestEnvironmentOptions? choices = null)
    {
        var stage = new TestEnvironment { Options = choices ?? new() };
        if (stage.Options.Server is null)
            stage._s3 = await LocalS3Server.StartAsync(stage._options);
        stage.Storage = await InterceptingProxy.StartAsync(stage.StorageEndpoint);
        stage.S3 = (stage.Options.Server?.Access ?? new S3Access($"{stage.StorageEndpoint}"
            .TrimEnd('/'), stage._options.AccessKey, stage._options.SecretKey, stage._options.Region)).CreateClient();
        stage._app = await stage.StartApplicationAsync();
        stage.Application = await InterceptingProxy.StartAsync(new Uri(stage._app.Urls.First()));
        return stage;
    }

    /// <summary>A client as a program gets it.</summary>
    public DirectUploadClient CreateClient(Action<DirectUploadClientOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        services.AddDirectUploadClient(options =>
        {
            options.ServerAddress = new Uri(Application.Endpoint, "/uploads");
            // Nobody wants to wait for a test.
            (options.RetryDelay, options.MaxRetryDelay) = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50));
            configure?.Invoke(options);
        });
        register?.Invoke(services);
        return services.BuildServiceProvider().GetRequiredService<DirectUploadClient>();
    }

    /// <summary>The SHA-256 of the object that is served, base64, by its own bytes.</summary>
    public async Task<string> GetStoredChecksumAsync(string id)
    {
        var record = await GetRecordAsync(id);
        record.Status.Should().Be(DirectUpload.UploadStatus.Ready);
        using var content = await S3.GetObjectAsync(Bucket, record.FinalKey);
        return Convert.ToBase64String(await SHA256.HashDataAsync(content.ResponseStream));
    }

    public async Task<UploadRecord> GetRecordAsync(string id) =>
        (await _app!.Services.GetRequiredService<DirectUpload.Stores.IUploadRecordStore>().FindAsync(UploadId.Parse(id)))!;

    public async Task<int> CountMultipartUploadsAsync() =>
        (await S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket })).MultipartUploads?.Count ?? 0;

    public async Task<int> CountObjectsAsync() =>
        (await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects?.Count ?? 0;

    /// <summary>Flips a bit in the file of a LocalS3 that has the byte: the file of the object, or of one of its parts.</summary>
    public void FlipStoredBit(BitFlip flip, long partSize)
    {
        var number = flip.Position / partSize;
        var length = Math.Min(partSize, flip.Size - (number * partSize));
        // Only the objects of one upload exist. Parts of equal size are stored in the order in which they arrived, any of which will do.
        var file = new DirectoryInfo(_options.DataDirectory).EnumerateFiles("*", SearchOption.AllDirectories)
            .First(file => file.Directory!.Name == "blobs" && file.Length == length);
        using var stored = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        flip.Apply(stored, flip.Position % partSize);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await _app!.DisposeAsync();
        await Storage.DisposeAsync();
        S3.Dispose();
        if (_s3 is not null)
            await _s3.DisposeAsync();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    private async Task<WebApplication> StartApplicationAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IAmazonS3>(S3);
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = Bucket;
            options.MaxRequestsPerMinutePerOwner = null;
            options.PublicEndpoint = Options.PublicStorageEndpoint?.Invoke(StorageEndpoint) ?? Storage.Endpoint;
            TestProfiles.AddTo(options);
        }).UseInMemoryStore().AddWorker();
        Options.ConfigureServices(builder.Services);
        var app = builder.Build();
        app.MapDirectUploads("/uploads").AllowAnonymous();
        await app.StartAsync();
        return app;
    }
}

/// <summary>What a test's stage has otherwise.</summary>
internal sealed record TestEnvironmentOptions
{
    public Action<IServiceCollection> ConfigureServices { get; init; } = _ => { };

    /// <summary>Whose storage it is; null: a LocalS3 of its own.</summary>
    public S3ServerFixture? Server { get; init; }

    /// <summary>Where clients reach storage, if not at the front.</summary>
    public Func<Uri, Uri>? PublicStorageEndpoint { get; init; }
}
