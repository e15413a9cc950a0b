using DirectUpload.LocalS3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of DirectUpload's local S3.</summary>
public static class LocalS3ServiceCollectionExtensions
{
    /// <summary>
    /// Runs an S3 endpoint for development inside the host: it is listening before any other hosted service starts, and stops after them.
    /// Options come from the configuration section <c>LocalS3</c> and then from <paramref name="configure"/>. Inject
    /// <see cref="LocalS3Server"/> for its <see cref="LocalS3Server.Endpoint"/>. Calling this again only adds configuration.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options in code; it has the last word.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// The host does not start when its environment is Production, unless <see cref="LocalS3Options.AllowInProduction"/> is set,
    /// nor when an option cannot work (<see cref="OptionsValidationException"/>). A <see cref="TimeProvider"/> among the services is used.
    /// </remarks>
    public static IServiceCollection AddLocalS3(this IServiceCollection services, Action<LocalS3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LocalS3Options>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<LocalS3Options>, LocalS3Configuration>(
            provider => new LocalS3Configuration(provider.GetService<IConfiguration>())));
        if (configure is not null)
            services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalS3Options>, LocalS3OptionsValidator>());
        services.TryAddSingleton(provider => new LocalS3Server(
            provider.GetRequiredService<IOptions<LocalS3Options>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LocalS3HostedService>(provider => new LocalS3HostedService(
            provider.GetRequiredService<LocalS3Server>(),
            provider.GetRequiredService<IOptions<LocalS3Options>>(),
            provider.GetService<IHostEnvironment>())));
        return services;
    }
}
