using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Testing.Hosting;

/// <summary>Turns the background work of the library off, so that uploads change only when a test says so.</summary>
internal static class BackgroundWork
{
    private const string QueuePackage = "DirectUpload.Sqs";

    public static void TurnOff(IServiceCollection services)
    {
        services.PostConfigure<UploadWorkerOptions>(static options => options.Enabled = false);
        // There is no queue in a test.
        foreach (var receiver in services.Where(
            it => it.ServiceType == typeof(IHostedService) && Registrations.GetAssemblyName(it) == QueuePackage).ToList())
            services.Remove(receiver);
    }
}
