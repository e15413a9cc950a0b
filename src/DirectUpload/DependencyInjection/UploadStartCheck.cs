using DirectUpload.Diagnostics;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.DependencyInjection;

/// <summary>Refuses to start with event handlers that cannot be told apart, and logs what waits for a worker that this host does not run.</summary>
internal sealed class UploadStartCheck(IServiceProvider services, ProfileCatalog profiles, RegisteredObservers observers, ILogger<UploadStartCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var handlers = observers.Select(observer => observer.Name).ToList();
        if (services.GetServices<IHostedService>().Any(service => service is UploadWorkerService))
            return Task.CompletedTask;
        foreach (var profile in profiles.All.Where(profile => profile.Processors().Count > 0))
            logger.ProcessorsWithoutWorker(profile.Name, string.Join(", ", profile.Processors().Select(step => step.Name)));
        if (handlers.Count > 0)
            logger.ObserversWithoutWorker(string.Join(", ", handlers));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
