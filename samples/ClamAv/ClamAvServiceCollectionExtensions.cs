using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace VirusScan;

/// <summary>Provides an extension method that registers the client for clamd.</summary>
public static class ClamAvServiceCollectionExtensions
{
    /// <summary>Adds the client for clamd, with options from a section of the configuration.</summary>
    /// <param name="services">The service collection to add to.</param>
    /// <param name="section">The section with the keys of <see cref="ClamAvOptions"/>.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddClamAv(this IServiceCollection services, IConfigurationSection section) =>
        services.Configure<ClamAvOptions>(section).AddSingleton<ClamAvClient>();
}
