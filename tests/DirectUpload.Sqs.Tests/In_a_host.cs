using Amazon.Runtime;
using DirectUpload.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.Sqs.Tests;

/// <summary>What needs no server.</summary>
public sealed class In_a_host
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
    public async Task What_is_no_queues_URL_is_said_as_the_host_starts(string url)
    {
        using var host = Of(uploads => uploads.AddSqsEvents(url));

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage($"The queue's URL is \"{url}\"; give AddSqsEvents the whole of it, such as \"{Queue}\".");
    }

    [Theory]
    [InlineData(0, 30, "Parallelism is 0; set it between 1 and 100.")]
    [InlineData(101, 30, "Parallelism is 101; set it between 1 and 100.")]
    [InlineData(8, 0, "VisibilityTimeout is 00:00:00; set it between 00:00:01 and 12:00:00.")]
    [InlineData(8, 43201, "VisibilityTimeout is 12:00:01; set it between 00:00:01 and 12:00:00.")]
    public async Task An_option_out_of_bounds_is_named_as_the_host_starts(int parallelism, int visibility, string message)
    {
        using var host = Of(uploads => uploads
            .AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/others")
            .AddSqsEvents(Queue, options => (options.Parallelism, options.VisibilityTimeout) = (parallelism, TimeSpan.FromSeconds(visibility))));

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 43200)]
    public void The_bounds_themselves_are_fine(int parallelism, int visibility) =>
        SqsEventsOptionsValidator.FaultsOf(new SqsEventsOptions { QueueUrl = Queue, Parallelism = parallelism, VisibilityTimeout = TimeSpan.FromSeconds(visibility) }).Should().BeEmpty();

    [Fact]
    public void A_queue_that_is_added_twice_is_received_from_once_with_the_options_of_both()
    {
        var services = new ServiceCollection();
        Uploads(services).AddSqsEvents(Queue, options => options.Parallelism = 3).AddSqsEvents(Queue, options => options.VisibilityTimeout = TimeSpan.FromMinutes(1));
        using var provider = services.BuildServiceProvider();

        services.Count(service => service.ServiceType == typeof(IHostedService)).Should().Be(2, "the core checks its registrations at start, too");
        provider.GetServices<SqsEventsHealth>().Should().ContainSingle().Which.Should().BeSameAs(provider.GetRequiredKeyedService<SqsEventsHealth>(Queue));
        provider.GetRequiredService<IOptionsMonitor<SqsEventsOptions>>().Get(Queue).Should().BeEquivalentTo(new { Parallelism = 3, VisibilityTimeout = TimeSpan.FromMinutes(1) });
    }

    [Fact]
    public async Task A_client_of_the_queues_own_comes_before_the_one_for_all()
    {
        var (own, all) = (new Wire { Instead = _ => throw new HttpRequestException("own") }, new Wire { Instead = _ => throw new HttpRequestException("all") });
        const string another = "https://sqs.us-east-1.amazonaws.com/123456789012/others";
        using var host = Of(uploads =>
        {
            uploads.AddSqsEvents(Queue).AddSqsEvents(another);
            uploads.Services.AddKeyedSingleton<IAmazonSQS>(Queue, Client(own)).AddSingleton<IAmazonSQS>(Client(all));
        });
        await host.StartAsync();
        await Site.UntilAsync(() => host.Services.GetServices<SqsEventsHealth>().All(health => health.FailingSince is not null), "both were asked");
        await host.StopAsync();

        own.Requests.Should().OnlyContain(request => request.Body.Contains("/uploads"));
        all.Requests.Should().OnlyContain(request => request.Body.Contains("/others"));
        host.Services.GetRequiredKeyedService<SqsEventsHealth>(Queue).Should().BeEquivalentTo(new { QueueUrl = Queue, IsReceiving = false, LastReceivedAt = (DateTimeOffset?)null, InFlight = 0 });
        host.Services.GetRequiredKeyedService<SqsEventsHealth>(Queue).FailingSince.Should().NotBeNull();
    }

    private static AmazonSQSClient Client(Wire wire) =>
        new(new BasicAWSCredentials("key", "secret"), new AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.EUWest1, MaxErrorRetry = 0, HttpClientFactory = new Clients.Factory(wire) });

    private static IHost Of(Action<DirectUploadBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(Uploads(builder.Services));
        return builder.Build();
    }

    private static DirectUploadBuilder Uploads(IServiceCollection services) => services.AddDirectUploads(options =>
    {
        options.Bucket = "bucket";
        options.AddProfile("photos", profile => profile.ContentTypes.Add("image/*"));
    }).UseInMemoryStore();
}
