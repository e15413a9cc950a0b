using System.Threading.Channels;

namespace DirectUpload.Sqs;

/// <summary>
/// Deletes messages and gives them back, in batches that form by themselves: while one request is under way, what ends meanwhile waits for the next; nothing waits for a batch to fill. What can't be
/// settled comes again by itself when it is no longer hidden, and does no harm then.
/// </summary>
internal sealed class Settlement(Queue queue, HeldMessages held, Refusals refusals)
{
    private readonly Channel<Fate> _fates = Channel.CreateUnbounded<Fate>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Deletes a message, if its fate is open; returns when that has been tried.</summary>
    public Task DeleteAsync(HeldMessage message) => SettleAsync(message, visibleAfter: null);

    /// <summary>Gives a message back, to be received again after a while.</summary>
    public Task GiveBackAsync(HeldMessage message, TimeSpan visibleAfter) => SettleAsync(message, visibleAfter);

    /// <summary>No more will come.</summary>
    public void Complete() => _fates.Writer.TryComplete();

    /// <summary>Until all are settled.</summary>
    public async Task RunAsync()
    {
        var batch = new List<Fate>(Queue.Batch);
        while (await _fates.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < Queue.Batch && _fates.Reader.TryRead(out var fate))
                batch.Add(fate);
            await SettleAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private Task SettleAsync(HeldMessage message, TimeSpan? visibleAfter)
    {
        var fate = new Fate(message, visibleAfter);
        return message.TrySettle() && _fates.Writer.TryWrite(fate) ? fate.Tried.Task : Task.CompletedTask;
    }

    private async Task SettleAsync(List<Fate> batch)
    {
        List<HeldMessage> deleted = [.. batch.Where(fate => fate.VisibleAfter is null).Select(fate => fate.Message)];
        List<(HeldMessage, TimeSpan)> shown = [.. batch.Where(fate => fate.VisibleAfter is not null).Select(fate => (fate.Message, fate.VisibleAfter!.Value))];
        if (deleted.Count > 0)
            await refusals.TryAsync(() => queue.DeleteAsync(deleted, CancellationToken.None), place => deleted[place]).ConfigureAwait(false);
        if (shown.Count > 0)
            await refusals.TryAsync(() => queue.HideAsync(shown, CancellationToken.None), place => shown[place].Item1).ConfigureAwait(false);
        foreach (var fate in batch)
        {
            held.Remove(fate.Message);
            fate.Tried.TrySetResult();
        }
    }

    /// <param name="Message">What is settled.</param>
    /// <param name="VisibleAfter">When it may be received again; null when it is deleted.</param>
    private sealed record Fate(HeldMessage Message, TimeSpan? VisibleAfter)
    {
        public TaskCompletionSource Tried { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
