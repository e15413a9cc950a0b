using DirectUpload.DynamoDB.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.DynamoDB.Tests;

public sealed class DynamoDBRegistrationTests
{
    private readonly string _table = $"host-{Guid.NewGuid():N}";

    [Fact]
    public async Task Start_CreatesTheTableBeforeOtherServices()
    {
        using var client = TestClients.Create();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHostedService<EarlyService>();
        AddUploads(builder.Services, client).UseDynamoDB(options =>
        {
            options.TableName = _table;
            options.CreateTableIfMissing = true;
        });
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        EarlyService.Added.Should().BeGreaterThan(0);
        await host.StopAsync(TestContext.Current.CancellationToken);
        await client.DeleteTableAsync(_table);
    }

    [Fact]
    public async Task Start_ByDefault_CreatesNoTable()
    {
        using var client = TestClients.Create();
        var builder = Host.CreateApplicationBuilder();
        AddUploads(builder.Services, client).UseDynamoDB(options => options.TableName = _table);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        (await client.ListTablesAsync()).TableNames.Should().NotContain(_table);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_InvalidOption_ThrowsWithItsName()
    {
        var builder = Host.CreateApplicationBuilder();
        AddUploads(builder.Services, null).UseDynamoDB(options => options.Shards = 0);
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("Shards is 0; set it between 1 and 200.");
    }

    [Fact]
    public void UseDynamoDB_Twice_RegistersOneStore()
    {
        var services = new ServiceCollection();
        var uploads = AddUploads(services, new AmazonDynamoDBClient("key", "secret", Amazon.RegionEndpoint.EUCentral1)).UseDynamoDB();
        var hosted = services.Count(service => service.ServiceType == typeof(IHostedService));
        uploads.UseDynamoDB();
        using var provider = services.BuildServiceProvider();

        provider.GetServices<IUploadRecordStore>().Should().ContainSingle().Which.Should().BeOfType<DynamoDBUploadRecordStore>();
        services.Count(service => service.ServiceType == typeof(IHostedService)).Should().Be(hosted);
    }

    [Fact]
    public void UseDynamoDB_BesideAnotherStore_Throws()
    {
        var services = new ServiceCollection();
        AddUploads(services, new AmazonDynamoDBClient("key", "secret", Amazon.RegionEndpoint.EUCentral1)).UseInMemoryStore().UseDynamoDB();
        using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<IOptions<DirectUploadOptions>>().Value).Should().Throw<OptionsValidationException>()
            .WithMessage("*2 record stores are registered: InMemoryUploadRecordStore, DynamoDBUploadRecordStore*");
    }

    private static DirectUploadBuilder AddUploads(IServiceCollection services, IAmazonDynamoDB? client)
    {
        if (client is not null)
            services.AddSingleton(client);
        return services.AddDirectUploads(options =>
        {
            options.Bucket = "bucket";
            options.AddProfile("photos", profile => profile.ContentTypes.Add("image/*"));
        });
    }

    /// <summary>Registered before the store, and needs its table as it starts.</summary>
    private sealed class EarlyService(IUploadRecordStore store) : IHostedService
    {
        public static int Added { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await store.AddAsync(TestData.CreateRecord(), cancellationToken);
            Added++;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
