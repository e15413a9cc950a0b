using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs;

/// <summary>
/// Receives from one queue as many messages as it has places for, and no more, so that none waits here while another host could take it. A message has its place until it is settled.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Places hold nothing until their handle is asked for, and work that was given up may free its own after all else has gone.")]
internal sealed class QueueReceiver
{
    private readonly Queue _queue;
    private readonly StorageEventIntake _intake;
    private readonly SqsEventsOptions _options;
    private readonly SqsEventsHealth _health;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _places;
    private readonly HeldMessages _held;
    private readonly Outage _receiving;
    private readonly Outage _handling;
    private readonly Settlement _settlement;
    private readonly Extension _extension;
    private readonly SaidOnce _unreadable = new();

    public QueueReceiver(Queue queue, StorageEventIntake intake, SqsEventsOptions options, SqsEventsHealth health, TimeProvider clock, ILogger logger)
    {
        (_queue, _intake, _options, _health, _clock, _logger) = (queue, intake, options, health, clock, logger);
        _places = new SemaphoreSlim(options.Parallelism);
        _held = new HeldMessages(health);
        _receiving = new Outage(queue.Name, "Receiving the messages", TimeSpan.Zero, clock, logger);
        _handling = new Outage(queue.Name, "Handling the messages", TimeSpan.FromSeconds(30), clock, logger);
        var settling = new Outage(queue.Name, "Deleting, hiding or showing the messages", TimeSpan.FromSeconds(30), clock, logger);
        _settlement = new Settlement(queue, _held, new Refusals(settling, logger));
        _extension = new Extension(queue, _held, new Refusals(settling, logger), options.VisibilityTimeout, clock);
    }

    /// <summary>Receives until told to stop; then lets what is worked on end, and gives back what does not.</summary>
    /// <param name="stopping">Receives no more.</param>
    /// <param name="abandoning">Interrupts what is worked on.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        using var ending = new CancellationTokenSource();
        var settling = _settlement.RunAsync();
        var extending = _extension.RunAsync(ending.Token);
        _logger.Began(_queue.Name, _options.Parallelism);
        _health.IsReceiving = true;
        await ReceiveAsync(stopping, abandoning).ConfigureAwait(false);
        _health.IsReceiving = false;
        await AllAsync(abandoning).ConfigureAwait(false);
        // Not after the messages were shown: an extension would hide them again.
        await ending.CancelAsync().ConfigureAwait(false);
        await extending.ConfigureAwait(false);
        var givenBack = GiveBack();
        _settlement.Complete();
        await settling.ConfigureAwait(false);
        _logger.Ended(_queue.Name, givenBack);
    }

    private async Task ReceiveAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(stopping).ConfigureAwait(false);
                _places.Release();
                await Task.Delay(_handling.Pause(), _clock, stopping).ConfigureAwait(false);
                // While nothing can be handled, one message after the other finds out whether it can again, and no others use up what the redrive policy allows them.
                var messages = await _queue.ReceiveAsync(_handling.IsOn ? 1 : _places.CurrentCount, stopping).ConfigureAwait(false);
                var now = _clock.GetUtcNow();
                _health.Received(now);
                _receiving.Succeeded();
                foreach (var message in messages)
                    Begin(new HeldMessage(message, now), abandoning);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception outage)
            {
                _health.Failed(_clock.GetUtcNow());
                _receiving.Failed(outage);
                await Task.Delay(_receiving.Pause(), _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(HeldMessage message, CancellationToken abandoning)
    {
        _held.Add(message);
        // No more are received than there are places, and only the receiver takes them.
        _places.Wait(CancellationToken.None);
        _ = Task.Run(() => TakeAsync(message, abandoning), CancellationToken.None);
    }

    private async Task TakeAsync(HeldMessage message, CancellationToken abandoning)
    {
        try
        {
            await HandleAsync(message, abandoning).ConfigureAwait(false);
        }
        catch (Exception) when (abandoning.IsCancellationRequested)
        {
            // Given back with all that is held.
        }
        catch (Exception outage)
        {
            _handling.Failed(outage);
            var delay = Redelivery.After(message.Receives);
            _logger.ComesAgain(message.Id, message.Receives, delay);
            await _settlement.GiveBackAsync(message, delay).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task HandleAsync(HeldMessage message, CancellationToken abandoning)
    {
        var outcome = await _intake.HandleAsync(message.Body, abandoning).ConfigureAwait(false);
        if (outcome.Fault is { } fault)
        {
            if (_unreadable.IsNew(message.Id))
                _logger.Unreadable(message.Id, _queue.Name, message.Receives, fault);
            if (message.TrySettle())
                _held.Remove(message);
            return;
        }

        _handling.Succeeded();
        _logger.Handled(message.Id, message.Receives, outcome.Confirmed, outcome.Ignored);
        await _settlement.DeleteAsync(message).ConfigureAwait(false);
    }

    private async Task AllAsync(CancellationToken abandoning)
    {
        try
        {
            for (var place = 0; place < _options.Parallelism; place++)
                await _places.WaitAsync(abandoning).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What has not ended is given back.
        }
    }

    private int GiveBack()
    {
        var open = _held.Open().ToList();
        foreach (var message in open)
            _ = _settlement.GiveBackAsync(message, TimeSpan.Zero);
        return open.Count;
    }
}
