using System.Diagnostics.CodeAnalysis;
using DirectUpload.Concurrency;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Receiving;

/// <summary>
/// Receives from one queue only as many messages as it has free slots, so that other hosts can take the others; a message keeps its slot
/// until it is acknowledged.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "A SemaphoreSlim holds no resource until AvailableWaitHandle is read, "
        + "and abandoned work may release a slot after the receiver has ended.")]
internal sealed class QueueReceiver
{
    /// <summary>The pause when the queue is empty after some messages: those that arrive one by one then share the next request.</summary>
    private static readonly TimeSpan MessagePause = TimeSpan.FromMilliseconds(100);

    /// <summary>The pause when few slots are free: those that become free one by one then share the next request.</summary>
    private static readonly TimeSpan SlotPause = TimeSpan.FromMilliseconds(10);

    private readonly SqsQueue _queue;
    private readonly StorageEventProcessor _processor;
    private readonly SqsEventsOptions _options;
    private readonly SqsQueueHealth _health;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly BoundedTaskRunner _runner;
    private readonly InFlightMessages _inFlight;
    private readonly AvailabilityTracker _receiveAvailability;
    private readonly AvailabilityTracker _handlingAvailability;
    private readonly MessageAcknowledger _acknowledger;
    private readonly VisibilityExtender _extender;
    private readonly LogOnceFilter _unreadableFilter = new();

    public QueueReceiver(
        SqsQueue queue, StorageEventProcessor intake, SqsEventsOptions options, SqsQueueHealth health, TimeProvider clock, ILogger logger)
    {
        (_queue, _processor, _options, _health, _clock, _logger) = (queue, intake, options, health, clock, logger);
        _runner = new BoundedTaskRunner(options.Parallelism, clock);
        _inFlight = new InFlightMessages(health);
        _receiveAvailability = new AvailabilityTracker(queue.Name, "Receive", TimeSpan.Zero, clock, logger);
        _handlingAvailability = new AvailabilityTracker(queue.Name, "Message handling", TimeSpan.FromSeconds(30), clock, logger);
        var acknowledging = new AvailabilityTracker(queue.Name, "Delete or visibility change", TimeSpan.FromSeconds(30), clock, logger);
        _acknowledger = new MessageAcknowledger(queue, _inFlight, new BatchErrorHandler(acknowledging, logger));
        _extender = new VisibilityExtender(
            queue, _inFlight, new BatchErrorHandler(acknowledging, logger), options.VisibilityTimeout, clock);
    }

    /// <summary>Receives until stopped; then waits for messages in work and releases the others.</summary>
    /// <param name="stopping">Stops receiving.</param>
    /// <param name="abandoning">Interrupts the work on messages.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        using var ending = new CancellationTokenSource();
        var acknowledging = _acknowledger.RunAsync();
        var extending = _extender.RunAsync(ending.Token);
        _logger.ReceiverStarted(_queue.Name, _options.Parallelism);
        _health.IsReceiving = true;
        await ReceiveAsync(stopping, abandoning).ConfigureAwait(false);
        _health.IsReceiving = false;
        await WaitForRunningAsync(abandoning).ConfigureAwait(false);
        // The extender stops before messages are released; it would hide them again.
        await ending.CancelAsync().ConfigureAwait(false);
        await extending.ConfigureAwait(false);
        var givenBack = ReleaseAll();
        _acknowledger.Complete();
        await acknowledging.ConfigureAwait(false);
        _logger.ReceiverStopped(_queue.Name, givenBack);
    }

    private async Task ReceiveAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _runner.WaitForFreeSlotAsync(stopping).ConfigureAwait(false);
                if (_runner.FreeSlotCount < _options.Parallelism / 2)
                    await Task.Delay(SlotPause, TimeProvider.System, stopping).ConfigureAwait(false);
                await Task.Delay(_handlingAvailability.GetDelay(), _clock, stopping).ConfigureAwait(false);
                // While the handler is unavailable, one message at a time probes it, so that the others keep their receive count for the
                // redrive policy.
                var limit = _handlingAvailability.IsUnavailable ? 1 : _runner.FreeSlotCount;
                var messages = await _queue.ReceiveAsync(limit, stopping).ConfigureAwait(false);
                var now = _clock.GetUtcNow();
                _health.ReportReceived(now);
                _receiveAvailability.ReportSuccess();
                foreach (var message in messages)
                    Start(new InFlightMessage(message, now), abandoning);
                if (messages.Count > 0 && messages.Count < Math.Min(limit, SqsQueue.MaxBatchSize))
                    await Task.Delay(MessagePause, TimeProvider.System, stopping).ConfigureAwait(false);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                _health.ReportFailed(_clock.GetUtcNow());
                _receiveAvailability.ReportFailure(exception);
                await Task.Delay(_receiveAvailability.GetDelay(), _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Start(InFlightMessage message, CancellationToken abandoning)
    {
        _inFlight.Add(message);
        // The receiver alone takes slots, and it receives no more messages than there are free slots.
        _runner.Start(() => ProcessAsync(message, abandoning));
    }

    private async Task<bool> ProcessAsync(InFlightMessage message, CancellationToken abandoning)
    {
        try
        {
            await HandleAsync(message, abandoning).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (abandoning.IsCancellationRequested)
        {
            // The message is released with all others in flight.
            return false;
        }
        catch (Exception exception)
        {
            _handlingAvailability.ReportFailure(exception);
            var delay = RedeliveryDelay.Create(message.ReceiveCount);
            _logger.MessageRetryScheduled(message.Id, message.ReceiveCount, delay);
            await _acknowledger.ReleaseAsync(message, delay).ConfigureAwait(false);
            return false;
        }
    }

    private async Task HandleAsync(InFlightMessage message, CancellationToken abandoning)
    {
        var outcome = await _processor.ProcessAsync(message.Body, abandoning).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            if (_unreadableFilter.IsNew(message.Id))
                _logger.MessageUnreadable(message.Id, _queue.Name, message.ReceiveCount, error.Message);
            if (message.TryComplete())
                _inFlight.Remove(message);
            return;
        }

        _handlingAvailability.ReportSuccess();
        _logger.MessageHandled(message.Id, message.ReceiveCount, outcome.Value);
        await _acknowledger.DeleteAsync(message).ConfigureAwait(false);
    }

    private async Task WaitForRunningAsync(CancellationToken abandoning)
    {
        try
        {
            await _runner.WaitForAllAsync(abandoning).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Messages that are still in work are released.
        }
    }

    private int ReleaseAll()
    {
        var open = _inFlight.GetPending().ToList();
        foreach (var message in open)
            _ = _acknowledger.ReleaseAsync(message, TimeSpan.Zero);
        return open.Count;
    }
}
