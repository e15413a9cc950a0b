using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>Starts the server before any other hosted service, because those may upload at once, and stops it after them.</summary>
internal sealed class LocalS3HostedService(LocalS3Server server, IOptions<LocalS3Options> options, IHostEnvironment? environment = null)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (environment?.IsProduction() == true && !options.Value.AllowInProduction)
            throw new InvalidOperationException(
                "LocalS3 replaces Amazon S3 in development and tests only, and the environment is Production. Use a real bucket there: " +
                "call AddLocalS3() only in development, or set DOTNET_ENVIRONMENT. To start it anyway, set " +
                "LocalS3Options.AllowInProduction to true.");
        return server.StartAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => server.DisposeAsync().AsTask();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
