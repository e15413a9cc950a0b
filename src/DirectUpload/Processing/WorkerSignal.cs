namespace DirectUpload.Processing;

/// <summary>Wakes the worker of this process when something becomes due here; those of other processes find it at their next poll.</summary>
internal sealed class WorkerSignal(TimeProvider clock) : IDisposable
{
    /// <summary>The key of the signal that wakes the dispatcher of notifications.</summary>
    public const string Notifications = "DirectUpload.Notifications";

    private readonly SemaphoreSlim _due = new(0, 1);

    public void Wake()
    {
        try
        {
            _due.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Until woken, or for so long; whether it was woken.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = _due.WaitAsync(woken.Token);
        await Task.WhenAny(waiting, Task.Delay(longest, clock, woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return waiting.IsCompletedSuccessfully;
    }

    public void Dispose() => _due.Dispose();
}
