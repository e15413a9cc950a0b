using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Presigning;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace DirectUpload.Tests.DependencyInjection;

public sealed class DirectUploadServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddDirectUploads_Only_CanPresign()
    {
        await using var provider = TestServiceProvider.Create(options => options.Bucket = "examplebucket");

        (await provider.GetRequiredService<IPresignedUploadIssuer>().PresignAsync(new PutUrlRequest { Key = "a" }))
            .Url.Should().StartWith("https://examplebucket.s3.eu-west-1.amazonaws.com/a?");
    }

    [Fact]
    public async Task AddDirectUploads_NoOptions_TakesBucketFromRequest()
    {
        await using var provider = TestServiceProvider.Create();

        (await provider.GetRequiredService<IPresignedUploadIssuer>().PresignAsync(new PutUrlRequest { Key = "a", Bucket = "named" }))
            .Url.Should().StartWith("https://named.s3.");
    }

    [Theory]
    [InlineData(typeof(IDirectUploadService))]
    [InlineData(typeof(UploadWorker))]
    public void Resolve_NoStore_ErrorNamesTheCallsThatAddOne(Type needsStore)
    {
        using var provider = TestServiceProvider.Create(options => options.Bucket = "examplebucket");

        provider.Invoking(it => it.GetRequiredService(needsStore)).Should().Throw<OptionsValidationException>()
            .WithMessage("*no record store*UseInMemoryStore()*Use…() call of a store package*");
    }

    [Fact]
    public void Resolve_WithStore_ReturnsSingletons()
    {
        using var provider = TestServiceProvider.Create(
            options => options.Bucket = "examplebucket", services: all => all.AddDirectUploads().UseInMemoryStore().AddWorker());

        provider.GetRequiredService<IDirectUploadService>().Should().BeSameAs(provider.GetRequiredService<IDirectUploadService>());
        provider.GetRequiredService<UploadWorker>().Should().BeSameAs(provider.GetRequiredService<UploadWorker>());
        provider.GetServices<IHostedService>().Should().ContainSingle(service => service.GetType().Name == "UploadWorkerService");
    }

    [Fact]
    public void Start_TwoStores_Throws()
    {
        using var provider = TestServiceProvider.Create(services: all =>
        {
            all.AddSingleton<IUploadRecordStore, FaultInjectingStore>();
            all.AddDirectUploads().UseInMemoryStore();
        });

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<OptionsValidationException>()
            .WithMessage("*2 record stores are registered: FaultInjectingStore, InMemoryUploadRecordStore*");
    }

    [Fact]
    public void UseInMemoryStore_Twice_RegistersOne()
    {
        using var provider = TestServiceProvider.Create(services: all => all.AddDirectUploads().UseInMemoryStore().UseInMemoryStore());

        provider.GetUploadOptions();
        provider.GetServices<IUploadRecordStore>().Should().ContainSingle();
    }

    [Fact]
    public void Start_ConcreteClientOnly_Throws()
    {
        var services = new ServiceCollection();
        services.AddSingleton(TestServiceProvider.CreateClient());
        services.AddDirectUploads();
        using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<OptionsValidationException>()
            .WithMessage("*AmazonS3Client*AddSingleton<IAmazonS3>(client)*");
    }

    [Fact]
    public void Start_ScopedClient_Throws()
    {
        var services = new ServiceCollection();
        services.AddScoped<IAmazonS3>(_ => TestServiceProvider.CreateClient());
        services.AddDirectUploads();
        using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<OptionsValidationException>()
            .WithMessage("*IAmazonS3 is registered as Scoped*AddSingleton<IAmazonS3>*");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_Validated_CreatesEveryServiceOnce(bool worker)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAmazonS3>(TestServiceProvider.CreateClient());
        var builder = services.AddDirectUploads(it => it.Bucket = "examplebucket").UseInMemoryStore();
        if (worker)
            builder.AddWorker();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        foreach (var type in services.Where(it => !it.IsKeyedService && !it.ServiceType.IsGenericTypeDefinition
            && it.ServiceType.Namespace?.StartsWith("DirectUpload", StringComparison.Ordinal) == true)
            .Select(it => it.ServiceType).Distinct())
        {
            if (type == typeof(CloudFrontUrlSigner))
                continue;
            provider.GetRequiredService(type).Should().BeSameAs(provider.GetRequiredService(type));
        }

        services.Where(it => it.ServiceType.Namespace?.StartsWith("DirectUpload", StringComparison.Ordinal) == true && !it.IsKeyedService)
            .GroupBy(it => it.ServiceType).Where(group => group.Count() > 1).Should().BeEmpty();
    }

    [Fact]
    public void AddDirectUploads_OwnClockAndIssuer_AreKept()
    {
        var issuer = Substitute.For<IPresignedUploadIssuer>();
        var services = new ServiceCollection();
        services.AddSingleton(issuer);
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        services.AddDirectUploads();
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IPresignedUploadIssuer>().Should().BeSameAs(issuer);
        provider.GetRequiredService<TimeProvider>().Should().NotBeSameAs(TimeProvider.System);
    }

    [Fact]
    public async Task Presign_BucketAlias_UsesTheKeyedClient()
    {
        await using var provider = TestServiceProvider.Create(
            options =>
            {
                options.Bucket = "examplebucket";
                options.Buckets["archive"] =
                    new BucketOptions { Name = "archive-bucket", PublicEndpoint = new Uri("https://archive.example.com") };
                options.Buckets["plain"] = new BucketOptions { Name = "plain-bucket" };
            },
            services: all => all.AddKeyedSingleton<IAmazonS3>("archive", TestServiceProvider.CreateClient("ARCHIVE", "us-west-2")));
        var issuer = provider.GetRequiredService<IPresignedUploadIssuer>();

        var archive = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "archive-bucket" })).Url);
        var plain = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "plain-bucket" })).Url);

        archive.Credential.Should().StartWith("ARCHIVE/").And.Contain("/us-west-2/");
        archive.Origin.Should().Be("https://archive-bucket.archive.example.com");
        plain.Credential.Should().StartWith("AK/").And.Contain("/eu-west-1/");
    }

    [Fact]
    public async Task Presign_RegisteredCredentials_KeyedOnesWinPerBucket()
    {
        await using var provider = TestServiceProvider.Create(
            options =>
            {
                options.Bucket = "examplebucket";
                options.Buckets["archive"] = new BucketOptions { Name = "archive-bucket" };
            },
            services: all =>
            {
                all.AddSingleton<AWSCredentials>(new BasicAWSCredentials("REGISTERED", "SK"));
                all.AddKeyedSingleton<AWSCredentials>("archive", new BasicAWSCredentials("ARCHIVE", "SK"));
            });
        var issuer = provider.GetRequiredService<IPresignedUploadIssuer>();

        SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a" })).Url).Credential.Should().StartWith("REGISTERED/");
        SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "archive-bucket" })).Url).Credential
            .Should().StartWith("ARCHIVE/");
    }

    [Fact]
    public void Extensions_NullArgument_Throws()
    {
        FluentActions.Invoking(() => DirectUploadServiceCollectionExtensions.AddDirectUploads(null!))
            .Should().Throw<ArgumentNullException>();
    }
}
