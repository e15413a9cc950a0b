namespace DirectUpload.Client;

/// <summary>
/// Holds uploads and lets them go on; one may hold any number of them. Bytes stop at once. A pause shorter than <see cref="DirectUploadClientOptions.StallTimeout"/> loses nothing; in a longer one
/// the connections are given up, and what they were sending is sent again: at most the parts in flight, or the whole of what goes in one piece. Safe for concurrent use.
/// </summary>
public sealed class UploadPause
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _held;

    /// <summary>Whether uploads are held.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
                return _held is not null;
        }
    }

    /// <summary>Holds them; again does nothing.</summary>
    public void Pause()
    {
        lock (_lock)
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets them go on; again does nothing.</summary>
    public void Continue()
    {
        lock (_lock)
        {
            _held?.SetResult();
            _held = null;
        }
    }

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _held is { } held ? held.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }
}
