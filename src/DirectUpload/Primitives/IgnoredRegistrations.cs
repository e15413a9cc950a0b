using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Primitives;

/// <summary>Finds services of the library's interfaces that the application registered directly instead of through the builder.</summary>
internal sealed class IgnoredRegistrations(IServiceCollection services)
{
    /// <summary>Gets the registrations without a key, in order.</summary>
    public IReadOnlyList<ServiceDescriptor> GetUnkeyed<TService>() =>
        [.. services.Where(descriptor => descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService)];

    /// <summary>Gets the keys of the registrations with a key.</summary>
    public IReadOnlyList<object?> GetKeys<TService>() => [.. services.Where(
        descriptor => descriptor.ServiceType == typeof(TService) && descriptor.IsKeyedService).Select(it => it.ServiceKey)];

    public bool HasUnkeyed<TService>() =>
        services.Any(descriptor => descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService);

    /// <summary>Returns whether a hosted service is registered.</summary>
    public bool HasHostedService<T>()
        where T : IHostedService =>
            GetUnkeyed<IHostedService>().Any(descriptor => GetImplementationType<IHostedService>(descriptor) == typeof(T));

    /// <summary>Gets the implementation type of a registration; null when it is known only after the service is created.</summary>
    public static Type? GetImplementationType<TService>(ServiceDescriptor descriptor)
    {
        var type = descriptor.ImplementationType ?? descriptor.ImplementationInstance?.GetType()
            ?? descriptor.ImplementationFactory?.GetType().GenericTypeArguments.ElementAtOrDefault(1);
        return type == typeof(TService) || type == typeof(object) ? null : type;
    }
}
