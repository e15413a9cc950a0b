using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>
/// Watches one record for all who follow it: reads it from the store now and then, and takes what this process itself has stored without a look-up. Followers are woken by a new transition only,
/// not by a renewed lease or grant.
/// </summary>
internal sealed class RecordWatch(UploadRecord known) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private UploadRecord? _newest = known;
    private TaskCompletionSource _changed = New();
    private TimeSpan _pause = ShortestPause;

    /// <summary>How many follow it. Guarded by the lock of <see cref="RecordChanges"/>.</summary>
    public int Followers { get; set; }

    /// <summary>Whether a look-up has failed; the watcher is over then.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The newest record, null when it has gone; and a task that ends with the next transition, or fails as the look-up did.</summary>
    public (UploadRecord? Newest, Task Changed) Current
    {
        get
        {
            lock (_lock)
                return (_newest, _changed.Task);
        }
    }

    public void Offer(UploadRecord? record)
    {
        TaskCompletionSource woken;
        lock (_lock)
        {
            if (HasFailed || _newest is not { } before || record?.Version <= before.Version)
                return;
            _newest = record;
            if (record is not null && LastOf(record) == LastOf(before))
                return;
            (woken, _changed, _pause) = (_changed, New(), ShortestPause);
        }

        woken.TrySetResult();
    }

    public async Task RunAsync(Func<CancellationToken, ValueTask<UploadRecord?>> find, TimeProvider clock)
    {
        try
        {
            while (Current.Newest is not null)
            {
                await Task.Delay(NextPause(), clock, _end.Token).ConfigureAwait(false);
                Offer(await find(_end.Token).ConfigureAwait(false));
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            // Nobody follows it any more.
        }
        catch (Exception unavailable)
        {
            TaskCompletionSource woken;
            lock (_lock)
                (HasFailed, woken) = (true, _changed);
            woken.TrySetException(unavailable);
            _ = woken.Task.Exception;
        }
    }

    /// <summary>Ends the look-ups.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private TimeSpan NextPause()
    {
        lock (_lock)
        {
            var pause = _pause;
            _pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            return pause;
        }
    }

    private static DateTimeOffset? LastOf(UploadRecord record) => record.Audit.Transitions.Count == 0 ? null : record.Audit.Transitions[^1].At;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
