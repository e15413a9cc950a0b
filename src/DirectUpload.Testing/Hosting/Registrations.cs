using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Testing.Hosting;

/// <summary>Finds out which package has registered a service.</summary>
internal static class Registrations
{
    /// <summary>Gets the name of the assembly of the implementation, or of the method that creates it.</summary>
    public static string? GetAssemblyName(ServiceDescriptor service) => service.IsKeyedService
        ? null
        : ((service.ImplementationType ?? service.ImplementationInstance?.GetType())?.Assembly
            ?? service.ImplementationFactory?.Method.Module.Assembly)?.GetName().Name;
}
