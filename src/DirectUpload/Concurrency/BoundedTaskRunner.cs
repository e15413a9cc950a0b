using System.Collections.Concurrent;

namespace DirectUpload.Concurrency;

/// <summary>Runs tasks concurrently, up to a maximum number.</summary>
internal sealed class BoundedTaskRunner(int parallelism, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(parallelism);
    private readonly ConcurrentDictionary<object, DateTimeOffset> _startTimes = new();
    private int _succeededCount;

    /// <summary>The number of tasks that returned true.</summary>
    public int SucceededCount => Volatile.Read(ref _succeededCount);

    /// <summary>The time since which running tasks have occupied all slots; null when a slot is free.</summary>
    public DateTimeOffset? SaturatedSince =>
        _startTimes.Values.ToArray() is { } started && started.Length >= parallelism ? started.Max() : null;

    /// <summary>The number of free slots; only the caller of <see cref="Start"/> reduces it.</summary>
    public int FreeSlotCount => _slots.CurrentCount;

    /// <summary>Waits until at least one slot is free.</summary>
    /// <returns>The number of free slots.</returns>
    public async Task<int> WaitForFreeSlotAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        _slots.Release();
        return _slots.CurrentCount;
    }

    /// <summary>
    /// Starts a task in a slot that <see cref="WaitForFreeSlotAsync"/> has reported as free. Only one caller may call both.
    /// </summary>
    public void Start(Func<Task<bool>> work)
    {
        if (!_slots.Wait(TimeSpan.Zero))
            throw new InvalidOperationException("All slots are in use; wait for a free slot before starting a task.");
        _ = RunAsync(work);
    }

    /// <summary>Waits until all tasks have ended.</summary>
    public async Task WaitForAllAsync(CancellationToken cancellationToken = default)
    {
        var taken = 0;
        try
        {
            for (; taken < parallelism; taken++)
                await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (taken > 0)
                _slots.Release(taken);
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task RunAsync(Func<Task<bool>> work)
    {
        var slot = new object();
        _startTimes[slot] = clock.GetUtcNow();
        try
        {
            if (await Task.Run(work).ConfigureAwait(false))
                Interlocked.Increment(ref _succeededCount);
        }
        catch (OperationCanceledException)
        {
            // The host canceled the task; the lease of its record expires.
        }
        finally
        {
            _startTimes.TryRemove(slot, out _);
            _slots.Release();
        }
    }
}
