using Microsoft.Extensions.Hosting;

namespace DirectUpload.Concurrency;

/// <summary>A background service whose running work can finish when the host stops.</summary>
/// <remarks>
/// Work that still runs at the host's shutdown timeout is canceled and then has two seconds to release its leases. The packages with
/// background services share this file.
/// </remarks>
internal abstract class GracefulBackgroundService : BackgroundService
{
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _abort = new();

    /// <summary>A token that is canceled when running work must end.</summary>
    protected CancellationToken Aborting => _abort.Token;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is not { IsCompleted: false } running)
            return;
        await _abort.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(ReleaseTimeout, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }
}
