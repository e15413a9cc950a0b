using DirectUpload.Concurrency;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Runs a receiver while the host runs.</summary>
/// <remarks>
/// When the host stops, messages in work may finish until its shutdown timeout; the receiver releases the others.
/// </remarks>
internal sealed class QueueReceiverService(Func<QueueReceiver> receiver) : GracefulBackgroundService
{
    private QueueReceiver? _receiver;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The receiver is created here, so that a client without a region fails when the host starts.
        _receiver = receiver();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _receiver!.RunAsync(stoppingToken, Aborting);
}
