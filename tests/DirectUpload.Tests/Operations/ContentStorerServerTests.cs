using System.Diagnostics;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Stores;
using DirectUpload.TestKit;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Operations;

/// <summary>Content of the application on real servers: the bytes, the settings, and no version that is left behind.</summary>
public abstract class ContentStorerServerTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const int MiB = 1024 * 1024;

    private static readonly UploadRequest Request = new()
    {
        Profile = "reports",
        FileName = "report.bin",
        ContentType = "application/octet-stream",
        Size = null,
    };

#pragma warning disable CA1000 // xunit reads it from the type of the test.
    public static TheoryData<int, bool, bool, bool> Kinds => new MatrixTheoryData<int, bool, bool, bool>(
        [1, (2 * MiB) + 3], [true, false], [true, false], [true, false]);
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Store_AnyStreamPlaceAndBucket_KeepsTheBytesAndTheSettings(int size, bool canSeek, bool inPlace, bool isVersioned)
    {
        var bucket = await CreateBucketAsync(isVersioned);
        await using var provider = CreateProvider(server.S3, bucket, inPlace);
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        using var stream = canSeek ? new MemoryStream(bytes) : (Stream)new ForwardStream(bytes);

        var uploads = provider.GetRequiredService<IDirectUploadService>();
        var upload = (await uploads.StoreAsync(stream, Request, new UploadCaller { Owner = "ada" })).GetValueOrThrow();

        upload.Status.Should().Be(UploadStatus.Ready);
        var content = (await uploads.OpenReadAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();
        using var read = new MemoryStream();
        await content.Stream.CopyToAsync(read);
        read.ToArray().Should().Equal(bytes);
        var key = (await provider.GetRequiredService<IUploadRecordStore>().FindAsync(upload.Id))!.FinalKey;
        var head = await server.S3.GetObjectMetadataAsync(bucket, key);
        head.Headers.CacheControl.Should().Contain("max-age=60");
        head.Headers.ContentDisposition.Should().Contain("report.bin");
        var tags = await server.S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = key });
        // RGW does not copy tags from the staging object, nor does it set those of the request.
        if (inPlace || server is not RgwFixture)
            tags.Tagging.Should().ContainSingle().Which.Value.Should().Be("finance");

        (await uploads.DeleteAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();
        (await server.S3.ListVersionsAsync(bucket)).Versions.Should().BeNullOrEmpty("no version is left behind");
    }

    [Fact]
    public async Task Store_StorageStopsAnswering_ThrowsWithinItsTimeLimitAndTheWorkerCleansUp()
    {
        await using var proxy = new HangingProxy(server.Endpoint);
        using var client = (server.Access with { Endpoint = proxy.Endpoint }).CreateClient();
        await using var provider = CreateProvider(client, await CreateBucketAsync(isVersioned: false), inPlace: false);
        var uploads = provider.GetRequiredService<IDirectUploadService>();
        proxy.HangAll();
        var watch = Stopwatch.StartNew();

        await uploads.Awaiting(it => it.StoreAsync(new MemoryStream(new byte[100]), Request, UploadCaller.Anonymous))
            .Should().ThrowAsync<StorageUnavailableException>();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(8));
        proxy.Resume();
        await provider.GetRequiredService<UploadWorker>().RunOnceAsync();
        (await uploads.ListAsync(UploadFilter.ForAll()).ToListAsync()).Should().ContainSingle()
            .Which.Status.Should().Be(UploadStatus.Aborted);
    }

    [Fact]
    public async Task Store_CanceledWhileStorageHangs_ThrowsSoon()
    {
        await using var proxy = new HangingProxy(server.Endpoint);
        using var client = (server.Access with { Endpoint = proxy.Endpoint }).CreateClient();
        await using var provider = CreateProvider(client, await CreateBucketAsync(isVersioned: false), inPlace: false, seconds: 15);
        using var canceling = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        proxy.HangAll();
        var watch = Stopwatch.StartNew();

        await provider.GetRequiredService<IDirectUploadService>()
            .Awaiting(it => it.StoreAsync(new MemoryStream(new byte[100]), Request, UploadCaller.Anonymous, canceling.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(6));
    }

    private async Task<string> CreateBucketAsync(bool isVersioned)
    {
        var bucket = server.NewBucketName();
        await server.S3.PutBucketAsync(bucket);
        if (isVersioned)
        {
            await server.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            });
        }

        return bucket;
    }

    private static ServiceProvider CreateProvider(IAmazonS3 client, string bucket, bool inPlace, int seconds = 2)
    {
        var services = new ServiceCollection();
        services.AddSingleton(client);
        services.AddDirectUploads(options =>
        {
            options.Bucket = bucket;
            options.StorageTimeout = TimeSpan.FromSeconds(seconds);
            options.Profiles["reports"] = new UploadProfile
            {
                ContentTypes = { "*/*" },
                FinalizeInPlace = inPlace,
                ObjectSettings = new ObjectSettings { CacheControl = "private, max-age=60", Tags = { ["team"] = "finance" } },
            };
        }).UseInMemoryStore();
        return services.BuildServiceProvider();
    }
}

public sealed class LocalS3ContentStorerTests(LocalS3Fixture server) : ContentStorerServerTests<LocalS3Fixture>(server);

public sealed class RgwContentStorerTests(RgwFixture server) : ContentStorerServerTests<RgwFixture>(server);
