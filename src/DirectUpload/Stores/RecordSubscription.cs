namespace DirectUpload.Stores;

/// <summary>Watches one record for all of its subscribers.</summary>
/// <remarks>
/// It reads the record from the store every 1 to 5 seconds and receives changes of this process without a read. Only a new transition,
/// attempt or progress wakes the subscribers; a renewed lease or presigned request does not.
/// </remarks>
internal sealed class RecordSubscription(UploadRecord known) : IDisposable
{
    private static readonly TimeSpan MinPollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPollInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private UploadRecord? _latest = known;
    private TaskCompletionSource _changed = CreateSignal();
    private TimeSpan _pollInterval = MinPollInterval;

    /// <summary>Gets or sets the number of subscribers; the lock of <see cref="RecordChangeNotifier"/> guards it.</summary>
    public int SubscriberCount { get; set; }

    /// <summary>Gets whether a read failed, which ended the subscription.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Gets the latest record, and a task that completes at the next transition or attempt.</summary>
    /// <value>The record is null after it was removed. The task fails with the exception of a failed read.</value>
    public (UploadRecord? Newest, Task Changed) Current
    {
        get
        {
            lock (_lock)
                return (_latest, _changed.Task);
        }
    }

    public void Publish(UploadRecord? record)
    {
        TaskCompletionSource woken;
        lock (_lock)
        {
            if (HasFailed || _latest is not { } before || record?.Version <= before.Version)
                return;
            _latest = record;
            if (record is not null && record.Attempts == before.Attempts && record.Progress == before.Progress
                && GetLastTransitionTime(record) == GetLastTransitionTime(before))
                return;
            (woken, _changed, _pollInterval) = (_changed, CreateSignal(), MinPollInterval);
        }

        woken.TrySetResult();
    }

    public async Task RunAsync(Func<CancellationToken, ValueTask<UploadRecord?>> find, TimeProvider clock)
    {
        try
        {
            while (Current.Newest is not null)
            {
                await Task.Delay(GetNextPollInterval(), clock, _stopping.Token).ConfigureAwait(false);
                Publish(await find(_stopping.Token).ConfigureAwait(false));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The last subscriber has left.
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

    /// <summary>Stops reading the record.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private TimeSpan GetNextPollInterval()
    {
        lock (_lock)
        {
            var interval = _pollInterval;
            _pollInterval = interval * 1.5 < MaxPollInterval ? interval * 1.5 : MaxPollInterval;
            return interval;
        }
    }

    private static DateTimeOffset? GetLastTransitionTime(UploadRecord record) =>
        record.Transitions.Count == 0 ? null : record.Transitions[^1].At;

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
