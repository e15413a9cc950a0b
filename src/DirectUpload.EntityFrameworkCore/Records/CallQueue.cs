namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Collects the calls that arrive while others run, and runs them together: one round trip for all of them.</summary>
/// <remarks>A call that arrives alone does not wait. Instances are thread-safe.</remarks>
/// <param name="runAsync">Runs calls, at most <see cref="MaxCalls"/>, and returns the result of each; all get its exception.</param>
/// <param name="maxWait">The time for which calls wait for those before them: a connection that hangs must not stop the others.</param>
internal sealed class CallQueue<TCall, TResult>(Func<IReadOnlyList<TCall>, Task<IReadOnlyList<TResult>>> runAsync, TimeSpan maxWait)
{
    /// <summary>The maximum number of calls that run together.</summary>
    public const int MaxCalls = 16;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = [];
    private bool _isRunning;

    /// <summary>Runs a call, alone or with others.</summary>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was canceled. A call that had begun may have succeeded nevertheless.
    /// </exception>
    public Task<TResult> RunAsync(TCall call, CancellationToken cancellationToken)
    {
        var entry = new Entry(call, cancellationToken);
        bool isFirst;
        lock (_lock)
        {
            _entries.Enqueue(entry);
            isFirst = !_isRunning;
            _isRunning = true;
        }

        if (isFirst)
            _ = RunAllAsync();
        return entry.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAllAsync()
    {
        while (Take() is { Count: > 0 } entries)
        {
            var running = RunAsync(entries);
            if (!running.IsCompleted)
                await running.WaitAsync(maxWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A driver that is not asynchronous has used the thread of the first caller, which must not run the calls of others as well.
            else if (HasEntries)
                await Task.Yield();
        }
    }

    private bool HasEntries
    {
        get
        {
            lock (_lock)
                return _entries.Count > 0;
        }
    }

    private List<Entry> Take()
    {
        var taken = new List<Entry>();
        lock (_lock)
        {
            while (taken.Count < MaxCalls && _entries.TryDequeue(out var entry))
            {
                // A caller that has canceled its call does not wait for it.
                if (!entry.CancellationToken.IsCancellationRequested)
                    taken.Add(entry);
            }

            _isRunning = taken.Count > 0;
        }

        return taken;
    }

    private async Task RunAsync(List<Entry> entries)
    {
        try
        {
            var results = await runAsync(entries.ConvertAll(static entry => entry.Call)).ConfigureAwait(false);
            for (var at = 0; at < entries.Count; at++)
                entries[at].SetResult(results[at]);
        }
        catch (Exception fault)
        {
            foreach (var entry in entries)
            {
                entry.SetException(fault);
                // Observed, although a caller may have canceled its call.
                _ = entry.Task.Exception;
            }
        }
    }

    // The continuation of a call must not run on the thread that runs the next calls.
    private sealed class Entry(TCall call, CancellationToken cancellationToken)
        : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TCall Call => call;

        public CancellationToken CancellationToken => cancellationToken;
    }
}
