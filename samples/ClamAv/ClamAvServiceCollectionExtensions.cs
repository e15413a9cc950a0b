using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace VirusScan;

public static class ClamAvServiceCollectionExtensions
{
    /// <summary>Finds clamd by a section of the configuration.</summary>
    public static IServiceCollection AddClamAv(this IServiceCollection services, IConfigurationSection section) =>
        services.Configure<ClamAvOptions>(section).AddSingleton<ClamAv>();
}
