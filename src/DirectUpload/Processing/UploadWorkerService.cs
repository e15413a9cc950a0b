using DirectUpload.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>Runs the worker for as long as the host does: at once again while there is work, else after a pause.</summary>
internal sealed class UploadWorkerService(UploadWorker worker, TimeProvider clock, ILogger<UploadWorkerService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = 0;
            try
            {
                done = await worker.RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception outage) when (!stoppingToken.IsCancellationRequested)
            {
                logger.RoundFailed(outage);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (done == 0)
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
