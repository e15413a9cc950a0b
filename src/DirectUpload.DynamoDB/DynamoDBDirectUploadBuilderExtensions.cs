using Amazon.DynamoDBv2;
using DirectUpload.DependencyInjection;
using DirectUpload.DynamoDB;
using DirectUpload.Records;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the store.</summary>
public static class DynamoDBDirectUploadBuilderExtensions
{
    /// <summary>
    /// Keeps records in a DynamoDB table, reached through the registered <see cref="IAmazonDynamoDB"/>; without one, through the SDK's default client.
    /// </summary>
    /// <param name="builder">Where to add.</param>
    /// <param name="configure">Sets options in code.</param>
    public static DirectUploadBuilder UseDynamoDB(this DirectUploadBuilder builder, Action<DynamoDBStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<DynamoDBStoreOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DynamoDBStoreOptions>, DynamoDBStoreOptionsValidator>());
        services.TryAddSingleton<DefaultDynamoDBClient>();
        services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore>(static provider => new DynamoDBUploadRecordStore(
            Client(provider), Options(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<UnreadableRecords>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TableAtStart>(static provider => new TableAtStart(
            () => Client(provider), Options(provider), provider.GetRequiredService<TimeProvider>())));
        return builder;
    }

    private static IAmazonDynamoDB Client(IServiceProvider provider) =>
        provider.GetService<IAmazonDynamoDB>() ?? provider.GetRequiredService<DefaultDynamoDBClient>().Value;

    private static DynamoDBStoreOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DynamoDBStoreOptions>>().Value;
}
