using Amazon.S3;
using DirectUpload;
using DirectUpload.Development.Hosting;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds storage for development to <see cref="DirectUploadBuilder"/>.</summary>
public static class DevelopmentDirectUploadBuilderExtensions
{
    private const string DefaultBucket = "uploads";

    /// <summary>Adds a LocalS3 server to this host and stores uploads in it.</summary>
    /// <remarks>
    /// The call registers the server and an <see cref="IAmazonS3"/> client for it, and creates the configured buckets. It sets the bucket
    /// <c>uploads</c> if the application configures none. The options come from the configuration section <c>DirectUploads:LocalS3</c> and
    /// then from <paramref name="configure"/>. The host does not start in the environment Production, unless
    /// <see cref="LocalS3Options.AllowInProduction"/> is true. The host also does not start if the application registers another
    /// <see cref="IAmazonS3"/>.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Sets the server's options in code; it takes precedence over the configuration.</param>
    /// <returns>The builder.</returns>
    public static DirectUploadBuilder UseLocalS3(this DirectUploadBuilder builder, Action<LocalS3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddLocalS3(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LocalS3Options>, ConfigureLocalS3Buckets>());
        services.PostConfigure<DirectUploadOptions>(static options =>
        {
            if (string.IsNullOrWhiteSpace(options.Bucket))
                options.Bucket = DefaultBucket;
        });
        if (services.Any(service => service.ServiceType == typeof(LocalS3ClientMarker)))
            return builder;
        services.AddSingleton(new LocalS3ClientMarker(services));
        services.AddSingleton<IAmazonS3>(static provider => LocalS3Client.Create(
            provider.GetRequiredService<LocalS3Server>(), provider.GetRequiredService<IOptions<LocalS3Options>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DirectUploadOptions>, SingleClientValidator>());
        return builder;
    }
}
