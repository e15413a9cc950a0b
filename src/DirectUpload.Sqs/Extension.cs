namespace DirectUpload.Sqs;

/// <summary>Keeps hidden what is worked on, so that nobody else is given it: with at least half of its time left when all goes well, and time for one more try when it does not.</summary>
/// <remarks>
/// SQS hides a message for at most 12 hours from its receipt, and refuses more.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
/// </remarks>
internal sealed class Extension(Queue queue, HeldMessages held, Refusals refusals, TimeSpan visibility, TimeProvider clock)
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
            // Nothing is worked on any more.
        }
    }

    private async Task ExtendAsync(CancellationToken ending)
    {
        var now = clock.GetUtcNow();
        foreach (var batch in held.Open().Where(message => now - message.HiddenAt >= visibility / 6).Chunk(Queue.Batch))
        {
            if (ending.IsCancellationRequested)
                return;
            foreach (var message in batch)
                message.HiddenAt = now;
            // Not interrupted: what is under way might arrive after its messages were shown, and hide them again.
            var refused = await refusals.TryAsync(
                () => queue.HideAsync([.. batch.Select(message => (message, visibility))], CancellationToken.None), place => batch[place]).ConfigureAwait(false);
            foreach (var lost in refused)
                lost.HiddenAt = DateTimeOffset.MaxValue; // It is no longer ours: asking again would be in vain.
        }
    }
}
