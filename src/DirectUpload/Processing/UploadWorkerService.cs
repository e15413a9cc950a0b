using Microsoft.Extensions.Hosting;

namespace DirectUpload.Processing;

/// <summary>Runs the worker for as long as the host does. When the host stops, steps under way may end, for as long as the host's shutdown timeout lets them.</summary>
internal sealed class UploadWorkerService(UploadWorker worker, WorkerSignal signal, WorkerSignal notifications, TimeSpan pollInterval) : BackgroundService
{
    private static readonly TimeSpan ToRelease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _abandon = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is not { IsCompleted: false } running)
            return;
        // Their time is over. Interrupted, they release what they hold: that takes one write each.
        await _abandon.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(ToRelease, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _abandon.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        worker.RunAsync(Idle(signal), Idle(notifications), stoppingToken, _abandon.Token);

    // A claim skips a record that another statement has locked, such as the write of a progress: so a woken worker looks once more a moment later.
    private Func<TimeSpan, CancellationToken, Task> Idle(WorkerSignal signal)
    {
        var wasWoken = false;
        return async (least, cancelled) =>
        {
            var pause = wasWoken && SecondLook < pollInterval ? SecondLook : pollInterval;
            wasWoken = await signal.WaitAsync(least > pause ? least : pause, cancelled).ConfigureAwait(false);
        };
    }
}
