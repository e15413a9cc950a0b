using DirectUpload.LocalS3;
using DirectUpload.LocalS3.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers LocalS3 with a service collection.</summary>
public static class LocalS3ServiceCollectionExtensions
{
    /// <summary>Adds an S3 server for development that runs inside the host.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">
    /// Sets the options in code; it takes precedence over the configuration section <c>DirectUploads:LocalS3</c>.
    /// </param>
    /// <returns>The service collection.</returns>
    /// <remarks>
    /// The server listens before any other hosted service starts, and stops after them. Inject <see cref="LocalS3Server"/> for its
    /// <see cref="LocalS3Server.Endpoint"/>. A further call only adds configuration. The host does not start in the environment Production,
    /// unless <see cref="LocalS3Options.AllowInProduction"/> is true, nor with an invalid option
    /// (<see cref="OptionsValidationException"/>). The server uses a registered <see cref="TimeProvider"/>.
    /// </remarks>
    public static IServiceCollection AddLocalS3(this IServiceCollection services, Action<LocalS3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<LocalS3Options>();
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
