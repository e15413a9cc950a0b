using DirectUpload.Diagnostics;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Stores;
using DirectUpload.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.DependencyInjection;

/// <summary>Checks event handlers, profiles and the worker when the host starts.</summary>
/// <remarks>
/// The host does not start if two event handlers have the same name. Profiles and event handlers that need a worker, which this host does
/// not run, are logged.
/// </remarks>
internal sealed class UploadStartCheck(
    IgnoredRegistrations registrations, ProfileCatalog profiles, EventHandlerRegistrations eventHandlers,
    ILogger<UploadStartCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var handlers = eventHandlers.Select(handler => handler.Name).ToList();
        if (registrations.HasUnkeyed<IUploadRecordStore>() && !profiles.All.Any())
            logger.NoProfiles();
        if (registrations.HasHostedService<UploadWorkerService>())
            return Task.CompletedTask;
        foreach (var profile in profiles.All.Where(profile => profile.GetProcessors().Count > 0))
            logger.ProcessorsWithoutWorker(profile.Name, string.Join(", ", profile.GetProcessors().Select(step => step.Name)));
        if (handlers.Count > 0)
            logger.EventHandlersWithoutWorker(string.Join(", ", handlers));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
