using System.Threading.Channels;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Deletes and releases messages in batches.</summary>
/// <remarks>
/// Messages that finish during one request form the next batch; no message waits for a batch to fill. A message that could not be deleted
/// is redelivered after its visibility timeout, which does no harm.
/// </remarks>
internal sealed class MessageAcknowledger(SqsQueue queue, InFlightMessages held, BatchErrorHandler refusals)
{
    private readonly Channel<Acknowledgment> _acknowledgments = Channel.CreateUnbounded<Acknowledgment>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Deletes a message, unless it is completed; returns after the attempt.</summary>
    public Task DeleteAsync(InFlightMessage message) => AcknowledgeAsync(message, visibleAfter: null);

    /// <summary>Releases a message, so that it is received again after a delay.</summary>
    public Task ReleaseAsync(InFlightMessage message, TimeSpan visibleAfter) => AcknowledgeAsync(message, visibleAfter);

    /// <summary>Accepts no further messages.</summary>
    public void Complete() => _acknowledgments.Writer.TryComplete();

    /// <summary>Runs until all messages are acknowledged.</summary>
    public async Task RunAsync()
    {
        var batch = new List<Acknowledgment>(SqsQueue.MaxBatchSize);
        while (await _acknowledgments.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < SqsQueue.MaxBatchSize && _acknowledgments.Reader.TryRead(out var fate))
                batch.Add(fate);
            await AcknowledgeAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private Task AcknowledgeAsync(InFlightMessage message, TimeSpan? visibleAfter)
    {
        var fate = new Acknowledgment(message, visibleAfter);
        return message.TryComplete() && _acknowledgments.Writer.TryWrite(fate) ? fate.Attempted.Task : Task.CompletedTask;
    }

    private async Task AcknowledgeAsync(List<Acknowledgment> batch)
    {
        List<InFlightMessage> deleted = [.. batch.Where(fate => fate.VisibleAfter is null).Select(fate => fate.Message)];
        List<(InFlightMessage, TimeSpan)> shown = [.. batch.Where(fate => fate.VisibleAfter is not null)
            .Select(fate => (fate.Message, fate.VisibleAfter!.Value))];
        if (deleted.Count > 0)
            await refusals.TryAsync(
                () => queue.DeleteAsync(deleted, CancellationToken.None), place => deleted[place]).ConfigureAwait(false);
        if (shown.Count > 0)
            await refusals.TryAsync(
                () => queue.ChangeVisibilityAsync(shown, CancellationToken.None), place => shown[place].Item1).ConfigureAwait(false);
        foreach (var fate in batch)
        {
            held.Remove(fate.Message);
            fate.Attempted.TrySetResult();
        }
    }

    /// <param name="Message">The message.</param>
    /// <param name="VisibleAfter">The time until the message is visible again, or null to delete it.</param>
    private sealed record Acknowledgment(InFlightMessage Message, TimeSpan? VisibleAfter)
    {
        public TaskCompletionSource Attempted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
