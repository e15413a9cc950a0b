using Microsoft.Extensions.Hosting;

namespace DirectUpload.Sqs;

/// <summary>Runs a receiver for as long as the host does. When the host stops, what is worked on may end, for as long as the host's shutdown timeout lets it.</summary>
internal sealed class QueueReceiverService(Func<QueueReceiver> receiver) : BackgroundService
{
    private static readonly TimeSpan ToGiveBack = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _abandon = new();
    private QueueReceiver? _receiver;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // A client that lacks its region says so as the host starts.
        _receiver = receiver();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is not { IsCompleted: false } running)
            return;
        // Its time is over. What is still held is given back: that takes one request for ten.
        await _abandon.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(ToGiveBack, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _abandon.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _receiver!.RunAsync(stoppingToken, _abandon.Token);
}
