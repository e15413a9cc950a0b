namespace DirectUpload.Concurrency;

/// <summary>Wakes the worker of this process when a record becomes due; other processes find the record at their next poll.</summary>
internal sealed class AsyncSignal(TimeProvider clock) : IDisposable
{
    /// <summary>The service key of the signal that wakes the event dispatcher.</summary>
    public const string NotificationsKey = "DirectUpload.Notifications";

    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // The signal is already set.
        }
    }

    /// <summary>Waits until the signal is set, or until the timeout.</summary>
    /// <returns>Whether the signal was set.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = _signal.WaitAsync(linked.Token);
        await Task.WhenAny(waiting, Task.Delay(timeout, clock, linked.Token)).ConfigureAwait(false);
        await linked.CancelAsync().ConfigureAwait(false);
        await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return waiting.IsCompletedSuccessfully;
    }

    public void Dispose() => _signal.Dispose();
}
