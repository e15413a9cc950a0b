using Amazon.S3;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.Development.Tests;

public sealed class UseLocalS3Tests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("directupload-development-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_Development_StoresAnObjectInTheDefaultBucket()
    {
        using var host = CreateHost(_ => { });
        await host.StartAsync(TestContext.Current.CancellationToken);
        var s3 = host.Services.GetRequiredService<IAmazonS3>();

        await s3.PutObjectAsync(new() { BucketName = "uploads", Key = "a", ContentBody = "hello" }, TestContext.Current.CancellationToken);

        host.Services.GetRequiredService<IOptions<DirectUploadOptions>>().Value.Bucket.Should().Be("uploads");
        (await s3.ListBucketsAsync(TestContext.Current.CancellationToken)).Buckets
            .Should().Contain(bucket => bucket.BucketName == "uploads");
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_ConfiguredBuckets_AreCreated()
    {
        using var host = CreateHost(options =>
        {
            options.Bucket = "photos";
            options.Buckets["archive"] = new BucketOptions { Name = "archive-bucket" };
        });
        await host.StartAsync(TestContext.Current.CancellationToken);

        var buckets = await host.Services.GetRequiredService<IAmazonS3>().ListBucketsAsync(TestContext.Current.CancellationToken);

        buckets.Buckets.Select(bucket => bucket.BucketName).Should().Contain(["photos", "archive-bucket"]);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_Production_Throws()
    {
        using var host = CreateHost(_ => { }, environment: "Production");

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<InvalidOperationException>()).WithMessage("*Production*");
    }

    [Fact]
    public async Task Start_SecondClient_Throws()
    {
        using var host = CreateHost(
            _ => { }, services => services.AddSingleton<IAmazonS3>(new AmazonS3Client("AK", "SK", Amazon.RegionEndpoint.EUWest1)));

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("*UseLocalS3()*another*");
    }

    [Fact]
    public void UseLocalS3_Twice_RegistersOneClient()
    {
        var services = new ServiceCollection();
        services.AddDirectUploads().UseLocalS3().UseLocalS3();

        services.Where(it => it.ServiceType == typeof(IAmazonS3)).Should().ContainSingle();
        services.Where(it => it.ServiceType == typeof(LocalS3Server)).Should().ContainSingle();
    }

    private IHost CreateHost(
        Action<DirectUploadOptions> configure, Action<IServiceCollection>? register = null, string environment = "Development")
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment, DisableDefaults = true });
        register?.Invoke(builder.Services);
        builder.Services.AddDirectUploads(configure).UseInMemoryStore().UseLocalS3(o =>
        {
            o.Url = "http://127.0.0.1:0";
            o.DataDirectory = _folder.FullName;
        });
        return builder.Build();
    }
}
