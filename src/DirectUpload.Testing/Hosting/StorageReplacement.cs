using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Testing.Hosting;

/// <summary>Replaces the S3 clients and the credentials of an application by those of a LocalS3 in its host.</summary>
internal static class StorageReplacement
{
    public static void Apply(DirectUploadBuilder builder)
    {
        var services = builder.Services;
        var keys = services.Where(it => it.ServiceType == typeof(IAmazonS3) && it.IsKeyedService).Select(it => it.ServiceKey).ToList();
        foreach (var replaced in services.Where(IsReplaced).ToList())
            services.Remove(replaced);
        builder.UseLocalS3();
        // Code of the application may ask for these.
        foreach (var key in keys)
            services.AddKeyedSingleton(key, static (provider, _) => provider.GetRequiredService<IAmazonS3>());
        services.AddSingleton<AWSCredentials>(
            static provider => CreateCredentials(provider.GetRequiredService<IOptions<LocalS3Options>>()));
        services.AddSingleton<DataFolder>();
        services.AddOptions<LocalS3Options>().PostConfigure<DataFolder>(static (options, folder) =>
        {
            (options.Url, options.DataDirectory) = ("http://127.0.0.1:0", folder.Path);
            (options.EventEndpoint, options.AllowInProduction) = (null, true);
        });
        services.PostConfigure<DirectUploadOptions>(static options =>
        {
            (options.PublicEndpoint, options.CheckStorageOnStart) = (null, false);
            foreach (var bucket in options.Buckets.Values)
                bucket.PublicEndpoint = null;
        });
    }

    // The client that UseLocalS3() of the application has registered already is the right one.
    private static bool IsReplaced(ServiceDescriptor service) =>
        service.ServiceType == typeof(AWSCredentials)
        || (service.ServiceType == typeof(IAmazonS3)
            && Registrations.GetAssemblyName(service) != typeof(DevelopmentDirectUploadBuilderExtensions).Assembly.GetName().Name);

    private static BasicAWSCredentials CreateCredentials(IOptions<LocalS3Options> options) =>
        new(options.Value.AccessKey, options.Value.SecretKey);
}
