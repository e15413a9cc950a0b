using DirectUpload.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.DynamoDB.Tests;

public sealed class In_a_host
{
    private readonly string _table = $"host-{Guid.NewGuid():N}";

    [Fact]
    public async Task The_table_is_there_before_any_service_starts()
    {
        using var client = Clients.New();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHostedService<Early>();
        Uploads(builder.Services, client).UseDynamoDB(options =>
        {
            options.TableName = _table;
            options.CreateTableIfMissing = true;
        });
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        Early.Added.Should().BeGreaterThan(0);
        await host.StopAsync(TestContext.Current.CancellationToken);
        await client.DeleteTableAsync(_table);
    }

    [Fact]
    public async Task No_table_is_made_unless_asked_for()
    {
        using var client = Clients.New();
        var builder = Host.CreateApplicationBuilder();
        Uploads(builder.Services, client).UseDynamoDB(options => options.TableName = _table);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        (await client.ListTablesAsync()).TableNames.Should().NotContain(_table);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_faulty_option_is_named_as_the_host_starts()
    {
        var builder = Host.CreateApplicationBuilder();
        Uploads(builder.Services, null).UseDynamoDB(options => options.Shards = 0);
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage("Shards is 0; set it between 1 and 200.");
    }

    [Fact]
    public void It_is_the_store_and_replaces_another()
    {
        var services = new ServiceCollection();
        var uploads = Uploads(services, new AmazonDynamoDBClient("key", "secret", Amazon.RegionEndpoint.EUCentral1)).UseInMemoryStore().UseDynamoDB();
        var hosted = services.Count(service => service.ServiceType == typeof(IHostedService));
        uploads.UseDynamoDB();
        using var provider = services.BuildServiceProvider();

        provider.GetServices<IUploadRecordStore>().Should().ContainSingle().Which.Should().BeOfType<DynamoDBUploadRecordStore>();
        services.Count(service => service.ServiceType == typeof(IHostedService)).Should().Be(hosted);
    }

    private static DirectUploadBuilder Uploads(IServiceCollection services, IAmazonDynamoDB? client)
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
    private sealed class Early(IUploadRecordStore store) : IHostedService
    {
        public static int Added { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await store.AddAsync(Some.Record(), cancellationToken);
            Added++;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
