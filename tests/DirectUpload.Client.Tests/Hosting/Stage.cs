using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>Storage and an application, each on a port of its own, each behind a <see cref="Front"/> that clients are sent to.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly LocalS3Options _options = new()
    {
        Url = "http://127.0.0.1:0",
        DataDirectory = Directory.CreateTempSubdirectory("directupload-client-").FullName,
        Buckets = ["uploads"],
    };

    private LocalS3Server? _s3;
    private WebApplication? _app;

    public required StageChoices Choices { get; init; }

    public Front Storage { get; private set; } = null!;

    public Front Application { get; private set; } = null!;

    public AmazonS3Client S3 { get; private set; } = null!;

    public Uri StorageItself => Choices.Server is { } server ? new(server.Endpoint) : _s3!.Endpoint;

    public string Bucket => Choices.Server?.Bucket ?? "uploads";

    public Uri ApplicationItself => new(_app!.Urls.First());

    public static async Task<Stage> SetAsync(StageChoices? choices = null)
    {
        var stage = new Stage { Choices = choices ?? new() };
        if (stage.Choices.Server is null)
            stage._s3 = await LocalS3Server.StartAsync(stage._options);
        stage.Storage = await Front.StartAsync(stage.StorageItself);
        stage.S3 = (stage.Choices.Server?.Access ?? new S3Access($"{stage.StorageItself}".TrimEnd('/'), stage._options.AccessKey, stage._options.SecretKey, stage._options.Region)).CreateClient();
        stage._app = await stage.StartApplicationAsync();
        stage.Application = await Front.StartAsync(new Uri(stage._app.Urls.First()));
        return stage;
    }

    /// <summary>A client as a program gets it.</summary>
    public DirectUploadClient Client(Action<DirectUploadClientOptions>? configure = null, Action<IServiceCollection>? register = null)
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
    public async Task<string> StoredChecksumAsync(string id)
    {
        var record = await RecordAsync(id);
        record.Status.Should().Be(Uploads.UploadStatus.Ready);
        using var content = await S3.GetObjectAsync(Bucket, record.FinalKey);
        return Convert.ToBase64String(await SHA256.HashDataAsync(content.ResponseStream));
    }

    public async Task<UploadRecord> RecordAsync(string id) =>
        (await _app!.Services.GetRequiredService<Records.IUploadRecordStore>().FindAsync(UploadId.Parse(id)))!;

    public async Task<int> UnfinishedAsync() => (await S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket })).MultipartUploads?.Count ?? 0;

    public async Task<int> ObjectsAsync() => (await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects?.Count ?? 0;

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
            options.MaxRequestsPerMinute = null;
            options.PublicEndpoint = Choices.PublicStorage?.Invoke(StorageItself) ?? Storage.Endpoint;
            TestProfiles.AddTo(options);
        }).UseInMemoryStore().AddWorker();
        Choices.Services(builder.Services);
        var app = builder.Build();
        app.MapDirectUploads("/uploads").AllowAnonymous();
        await app.StartAsync();
        return app;
    }
}

/// <summary>What a test's stage has otherwise.</summary>
internal sealed record StageChoices
{
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Whose storage it is; null: a LocalS3 of its own.</summary>
    public S3ServerFixture? Server { get; init; }

    /// <summary>Where clients reach storage, if not at the front.</summary>
    public Func<Uri, Uri>? PublicStorage { get; init; }
}
