using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Processing;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace DirectUpload.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    [Fact]
    public async Task AddDirectUploads_alone_is_enough_to_sign()
    {
        await using var provider = Registered.With(options => options.Bucket = "examplebucket");

        (await provider.GetRequiredService<IPresignedUploadIssuer>().PresignAsync(new PutUrlRequest { Key = "a" }))
            .Url.Should().StartWith("https://examplebucket.s3.eu-west-1.amazonaws.com/a?");
    }

    [Fact]
    public async Task Without_any_options_a_bucket_can_be_named_in_the_request()
    {
        await using var provider = Registered.With();

        (await provider.GetRequiredService<IPresignedUploadIssuer>().PresignAsync(new PutUrlRequest { Key = "a", Bucket = "named" }))
            .Url.Should().StartWith("https://named.s3.");
    }

    [Theory]
    [InlineData(typeof(DirectUploadService))]
    [InlineData(typeof(UploadWorker))]
    public void Without_a_store_the_error_names_the_calls_that_add_one(Type needsStore)
    {
        using var provider = Registered.With(options => options.Bucket = "examplebucket");

        provider.Invoking(it => it.GetRequiredService(needsStore)).Should().Throw<OptionsValidationException>()
            .WithMessage("*no record store*UseInMemoryStore()*Use…() call of a store package*");
    }

    [Fact]
    public void With_a_store_everything_can_be_resolved_once()
    {
        using var provider = Registered.With(options => options.Bucket = "examplebucket", services: all => all.AddDirectUploads().UseInMemoryStore().AddWorker());

        provider.GetRequiredService<DirectUploadService>().Should().BeSameAs(provider.GetRequiredService<DirectUploadService>());
        provider.GetRequiredService<UploadWorker>().Should().BeSameAs(provider.GetRequiredService<UploadWorker>());
        provider.GetServices<IHostedService>().Should().ContainSingle(service => service.GetType().Name == "UploadWorkerService");
    }

    [Fact]
    public void The_last_store_named_is_the_one()
    {
        var own = Substitute.For<IUploadRecordStore>();
        using var provider = Registered.With(services: all =>
        {
            all.AddSingleton(own);
            all.AddDirectUploads().UseInMemoryStore();
        });

        provider.GetServices<IUploadRecordStore>().Should().ContainSingle().Which.Should().BeOfType<InMemoryUploadRecordStore>();
    }

    [Fact]
    public void The_hosts_own_clock_and_issuer_are_kept()
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
    public async Task A_bucket_with_an_alias_is_reached_through_the_client_with_its_key()
    {
        await using var provider = Registered.With(
            options =>
            {
                options.Bucket = "examplebucket";
                options.Buckets["archive"] = new BucketOptions { Name = "archive-bucket", PublicEndpoint = new Uri("https://archive.example.com") };
                options.Buckets["plain"] = new BucketOptions { Name = "plain-bucket" };
            },
            services: all => all.AddKeyedSingleton<IAmazonS3>("archive", Registered.Client("ARCHIVE", "us-west-2")));
        var issuer = provider.GetRequiredService<IPresignedUploadIssuer>();

        var archive = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "archive-bucket" })).Url);
        var plain = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "plain-bucket" })).Url);

        archive.Credential.Should().StartWith("ARCHIVE/").And.Contain("/us-west-2/");
        archive.Origin.Should().Be("https://archive-bucket.archive.example.com");
        plain.Credential.Should().StartWith("AK/").And.Contain("/eu-west-1/");
    }

    [Fact]
    public async Task Registered_credentials_sign_and_those_with_the_buckets_key_sign_for_the_bucket()
    {
        await using var provider = Registered.With(
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
        SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "archive-bucket" })).Url).Credential.Should().StartWith("ARCHIVE/");
    }

    [Fact]
    public void No_collection_or_builder_is_a_bug()
    {
        FluentActions.Invoking(() => DirectUploadServiceCollectionExtensions.AddDirectUploads(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => DirectUploadBuilderExtensions.UseInMemoryStore(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => DirectUploadBuilderExtensions.AddWorker(null!)).Should().Throw<ArgumentNullException>();
    }
}
