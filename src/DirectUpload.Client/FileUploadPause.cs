namespace DirectUpload.Client;

/// <summary>Pauses and resumes any number of uploads.</summary>
/// <remarks>
/// Bytes stop at once. A pause shorter than <see cref="DirectUploadClientOptions.StallTimeout"/> loses nothing. A longer pause closes the
/// connections, and the client sends their requests again: at most the parts in flight, or an upload without parts as a whole. Safe for
/// concurrent use.
/// </remarks>
public sealed class FileUploadPause
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _resumed;

    /// <summary>Gets whether the uploads are paused.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
                return _resumed is not null;
        }
    }

    /// <summary>Pauses the uploads; a repeated call has no effect.</summary>
    public void Pause()
    {
        lock (_lock)
            _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Resumes the uploads; a repeated call has no effect.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _resumed?.SetResult();
            _resumed = null;
        }
    }

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _resumed is { } held ? held.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }
}
