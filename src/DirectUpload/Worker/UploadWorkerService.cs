using DirectUpload.Concurrency;

namespace DirectUpload.Worker;

/// <summary>Runs the worker while the host runs.</summary>
/// <remarks>When the host stops, running steps may finish until its shutdown timeout. Interrupted steps release their leases.</remarks>
internal sealed class UploadWorkerService(
    UploadWorker worker, AsyncSignal signal, AsyncSignal notifications, UploadWorkerOptions options) : GracefulBackgroundService
{
    private static readonly TimeSpan RepollDelay = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Enabled
        ? worker.RunAsync(CreateIdleWait(signal), CreateIdleWait(notifications), stoppingToken, Aborting)
        : Task.CompletedTask;

    // Leasing skips records that another statement has locked, so a woken worker polls once more shortly after.
    private Func<TimeSpan, CancellationToken, Task> CreateIdleWait(AsyncSignal signal)
    {
        var wasWoken = false;
        return async (least, canceled) =>
        {
            var pause = wasWoken && RepollDelay < options.PollInterval ? RepollDelay : options.PollInterval;
            wasWoken = await signal.WaitAsync(least > pause ? least : pause, canceled).ConfigureAwait(false);
        };
    }
}
