using System.Diagnostics.CodeAnalysis;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.DependencyInjection;

/// <summary>Provides the constructor arguments of the library's classes.</summary>
/// <remarks>
/// For <see cref="IUploadRecordStore"/> it returns the decorator that also wakes the worker; every other service comes from the
/// application.
/// </remarks>
internal sealed class UploadServiceProvider(IServiceProvider services) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IUploadRecordStore) ? services.GetRequiredService<NotifyingRecordStore>() : services.GetService(serviceType);
}

/// <summary>Registers the library's classes.</summary>
internal static class UploadServiceCollectionExtensions
{
    /// <summary>Adds a class as a singleton that is created by its constructor.</summary>
    public static IServiceCollection TryAddUploadService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services)
        where T : class
    {
        services.TryAddSingleton(
            static provider => ActivatorUtilities.CreateInstance<T>(provider.GetRequiredService<UploadServiceProvider>()));
        return services;
    }
}
