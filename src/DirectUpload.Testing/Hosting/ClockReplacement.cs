using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Testing.Hosting;

/// <summary>Replaces the system clock by a clock of the test, and keeps every other clock of the application.</summary>
internal static class ClockReplacement
{
    public static void Apply(IServiceCollection services, UploadTestClock clock)
    {
        var registered = services.LastOrDefault(it => it.ServiceType == typeof(TimeProvider) && !it.IsKeyedService);
        if (registered is not null)
            services.Remove(registered);
        services.AddSingleton(
            provider => Create(provider, registered) is { } own && !ReferenceEquals(own, TimeProvider.System) ? own : clock);
    }

    private static TimeProvider? Create(IServiceProvider provider, ServiceDescriptor? registered) => registered switch
    {
        { ImplementationInstance: TimeProvider instance } => instance,
        { ImplementationFactory: { } create } => (TimeProvider)create(provider),
        { ImplementationType: { } type } => (TimeProvider)ActivatorUtilities.GetServiceOrCreateInstance(provider, type),
        _ => null,
    };
}
