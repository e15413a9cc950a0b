using Amazon.Runtime;
using DirectUpload.Sqs.Receiving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.Sqs.Tests;

/// <summary>What needs no server.</summary>
public sealed class SqsRegistrationTests
{
    private const string Queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/uploads";

    [Theory]
    [InlineData("")]
    [InlineData("uploads")]
    [InlineData("/123456789012/uploads")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:uploads")]
    [InlineData("ftp://sqs.eu-west-1.amazonaws.com/123456789012/uploads")]
    [InlineData("https://sqs.eu-west-1.amazonaws.com/")]
    [InlineData("https://key:secret@sqs.eu-west-1.amazonaws.com/123456789012/uploads")]
    public async Task Start_InvalidQueueUrl_Throws(string url)
    {
        using var host = BuildHost(uploads => uploads.AddSqsEvents(url));

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage($"The queue's URL is \"{url}\"; pass the full URL to AddSqsEvents, such as \"{Queue}\".");
    }

    [Theory]
    [InlineData(0, 30, "Parallelism is 0; set it between 1 and 100.")]
    [InlineData(101, 30, "Parallelism is 101; set it between 1 and 100.")]
    [InlineData(8, 0, "VisibilityTimeout is 00:00:00; set it between 00:00:01 and 12:00:00.")]
    [InlineData(8, 43201, "VisibilityTimeout is 12:00:01; set it between 00:00:01 and 12:00:00.")]
    public async Task Start_OptionOutOfRange_Throws(int parallelism, int visibility, string message)
    {
        using var host = BuildHost(uploads => uploads
            .AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/others")
            .AddSqsEvents(
                Queue, options => (options.Parallelism, options.VisibilityTimeout) = (parallelism, TimeSpan.FromSeconds(visibility))));

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 43200)]
    public void Options_AtTheBounds_AreValid(int parallelism, int visibility) =>
        SqsEventsOptionsValidator.GetErrors(new SqsEventsOptions
        {
            QueueUrl = Queue,
            Parallelism = parallelism,
            VisibilityTimeout = TimeSpan.FromSeconds(visibility),
        }).Should().BeEmpty();

    [Fact]
    public void AddSqsEvents_SameQueueTwice_MergesOptions()
    {
        var services = new ServiceCollection();
        var uploads = AddUploads(services).AddSqsEvents(Queue, options => options.Parallelism = 3);
        var hosted = services.Count(service => service.ServiceType == typeof(IHostedService));
        uploads.AddSqsEvents(Queue, options => options.VisibilityTimeout = TimeSpan.FromMinutes(1));
        using var provider = services.BuildServiceProvider();

        services.Count(service => service.ServiceType == typeof(IHostedService)).Should().Be(hosted);
        provider.GetServices<SqsQueueHealth>().Should().ContainSingle()
            .Which.Should().BeSameAs(provider.GetRequiredKeyedService<SqsQueueHealth>(Queue));
        provider.GetRequiredService<IOptionsMonitor<SqsEventsOptions>>().Get(Queue)
            .Should().BeEquivalentTo(new { Parallelism = 3, VisibilityTimeout = TimeSpan.FromMinutes(1) });
    }

    [Fact]
    public async Task Start_KeyedClient_IsPreferredForItsQueue()
    {
        var (own, all) = (new InterceptingHandler { RespondInstead = _ => throw new HttpRequestException("own") },
            new InterceptingHandler { RespondInstead = _ => throw new HttpRequestException("all") });
        const string another = "https://sqs.us-east-1.amazonaws.com/123456789012/others";
        using var host = BuildHost(uploads =>
        {
            uploads.AddSqsEvents(Queue).AddSqsEvents(another);
            uploads.Services.AddKeyedSingleton<IAmazonSQS>(Queue, CreateClient(own)).AddSingleton<IAmazonSQS>(CreateClient(all));
        });
        await host.StartAsync();
        await TestApplication.WaitUntilAsync(
            () => host.Services.GetServices<SqsQueueHealth>().All(health => health.FailingSince is not null), "both were asked");
        await host.StopAsync();

        own.Requests.Should().OnlyContain(request => request.Body.Contains("/uploads"));
        all.Requests.Should().OnlyContain(request => request.Body.Contains("/others"));
        host.Services.GetRequiredKeyedService<SqsQueueHealth>(Queue)
            .Should().BeEquivalentTo(new { QueueUrl = Queue, IsReceiving = false, LastReceivedAt = (DateTimeOffset?)null, InFlight = 0 });
        host.Services.GetRequiredKeyedService<SqsQueueHealth>(Queue).FailingSince.Should().NotBeNull();
    }

    private static AmazonSQSClient CreateClient(InterceptingHandler wire) =>
        new(new BasicAWSCredentials("key", "secret"), new AmazonSQSConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.EUWest1,
            MaxErrorRetry = 0,
            HttpClientFactory = new TestClients.InterceptingClientFactory(wire),
        });

    private static IHost BuildHost(Action<DirectUploadBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(AddUploads(builder.Services));
        return builder.Build();
    }

    private static DirectUploadBuilder AddUploads(IServiceCollection services) => services.AddDirectUploads(options =>
    {
        options.Bucket = "bucket";
        options.AddProfile("photos", profile => profile.ContentTypes.Add("image/*"));
    }).UseInMemoryStore();
}
