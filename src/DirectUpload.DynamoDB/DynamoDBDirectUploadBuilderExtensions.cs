using Amazon.DynamoDBv2;
using DirectUpload;
using DirectUpload.DynamoDB;
using DirectUpload.DynamoDB.Records;
using DirectUpload.Primitives;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register the DynamoDB record store.</summary>
public static class DynamoDBDirectUploadBuilderExtensions
{
    /// <summary>
    /// Stores upload records in a DynamoDB table, with the registered <see cref="IAmazonDynamoDB"/> or, without one, the SDK's default
    /// client.
    /// </summary>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Sets options in code, after they were bound to the configuration; <see langword="null"/> for none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static DirectUploadBuilder UseDynamoDB(this DirectUploadBuilder builder, Action<DynamoDBStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<DynamoDBStoreOptions>, DynamoDBConfiguration>());
        services.AddOptionsWithValidateOnStart<DynamoDBStoreOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DynamoDBStoreOptions>, DynamoDBStoreOptionsValidator>());
        services.TryAddSingleton(static _ => new DefaultClient<AmazonDynamoDBClient>(static () => new AmazonDynamoDBClient()));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IUploadRecordStore, DynamoDBUploadRecordStore>(static provider => new DynamoDBUploadRecordStore(
                GetClient(provider), GetOptions(provider), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<UnreadableRecords>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TableInitializer>(static provider => new TableInitializer(
            () => GetClient(provider), GetOptions(provider), provider.GetRequiredService<TimeProvider>())));
        return builder;
    }

    private static IAmazonDynamoDB GetClient(IServiceProvider provider) =>
        provider.GetService<IAmazonDynamoDB>() ?? provider.GetRequiredService<DefaultClient<AmazonDynamoDBClient>>().Value;

    private static DynamoDBStoreOptions GetOptions(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DynamoDBStoreOptions>>().Value;
}
