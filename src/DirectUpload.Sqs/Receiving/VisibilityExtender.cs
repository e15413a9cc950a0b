namespace DirectUpload.Sqs.Receiving;

/// <summary>Extends the visibility timeout of messages in work when half of it has elapsed, which leaves time for one retry.</summary>
/// <remarks>
/// SQS hides a message for at most 12 hours from its receipt, and refuses more. Source:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
/// </remarks>
internal sealed class VisibilityExtender(
    SqsQueue queue, InFlightMessages held, BatchErrorHandler refusals, TimeSpan visibility, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(visibility / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ending).ConfigureAwait(false))
                await ExtendAsync(ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The receiver has stopped: no message is in work.
        }
    }

    private async Task ExtendAsync(CancellationToken ending)
    {
        var now = clock.GetUtcNow();
        foreach (var batch in held.GetPending().Where(message => now - message.HiddenAt >= visibility / 6).Chunk(SqsQueue.MaxBatchSize))
        {
            if (ending.IsCancellationRequested)
                return;
            foreach (var message in batch)
                message.HiddenAt = now;
            // Not canceled: a request in flight might arrive after the release of its messages and hide them again.
            var refused = await refusals.TryAsync(
                () => queue.ChangeVisibilityAsync([.. batch.Select(message => (message, visibility))], CancellationToken.None),
                place => batch[place]).ConfigureAwait(false);
            foreach (var lost in refused)
                lost.HiddenAt = DateTimeOffset.MaxValue; // The lease is lost: a further request would fail.
        }
    }
}
