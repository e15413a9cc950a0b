using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.DependencyInjection;

/// <summary>What the application registered as services of the library's own interfaces, without the builder's calls.</summary>
internal sealed class PlainRegistrations(IServiceCollection services)
{
    /// <summary>Those without a key, in order.</summary>
    public IReadOnlyList<ServiceDescriptor> Of<TService>() => [.. services.Where(descriptor => descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService)];

    /// <summary>The keys of those with one.</summary>
    public IReadOnlyList<object?> KeysOf<TService>() => [.. services.Where(descriptor => descriptor.ServiceType == typeof(TService) && descriptor.IsKeyedService).Select(it => it.ServiceKey)];

    public bool Has<TService>() => services.Any(descriptor => descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService);

    /// <summary>What a service will be, as far as its registration says; null when only creating it shows that.</summary>
    public static Type? TypeOf<TService>(ServiceDescriptor descriptor)
    {
        var type = descriptor.ImplementationType ?? descriptor.ImplementationInstance?.GetType() ?? descriptor.ImplementationFactory?.GetType().GenericTypeArguments.ElementAtOrDefault(1);
        return type == typeof(TService) || type == typeof(object) ? null : type;
    }
}
