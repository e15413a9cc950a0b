using System.Collections.Concurrent;

namespace DirectUpload.Processing;

/// <summary>The steps under way, so many at once and no more.</summary>
internal sealed class RunningSteps(int most, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);
    private readonly ConcurrentDictionary<object, DateTimeOffset> _begun = new();
    private int _taken;

    /// <summary>How many steps have changed their record.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>When the youngest of the steps under way began, if they hold all places; else null.</summary>
    public DateTimeOffset? HeldSince => _begun.Values.ToArray() is { } begun && begun.Length >= most ? begun.Max() : null;

    /// <summary>Waits until at least one place is free, and says how many are.</summary>
    public async Task<int> FreeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        _free.Release();
        return _free.CurrentCount;
    }

    /// <summary>Begins a step in a place that <see cref="FreeAsync"/> said was free; only one caller may do both.</summary>
    public void Begin(Func<Task<bool>> step)
    {
        if (!_free.Wait(TimeSpan.Zero))
            throw new InvalidOperationException("More steps were begun than there are places.");
        _ = RunAsync(step);
    }

    /// <summary>Waits until all have ended.</summary>
    public async Task AllAsync()
    {
        for (var place = 0; place < most; place++)
            await _free.WaitAsync().ConfigureAwait(false);
        _free.Release(most);
    }

    public void Dispose() => _free.Dispose();

    private async Task RunAsync(Func<Task<bool>> step)
    {
        var place = new object();
        _begun[place] = clock.GetUtcNow();
        try
        {
            if (await Task.Run(step).ConfigureAwait(false))
                Interlocked.Increment(ref _taken);
        }
        catch (OperationCanceledException)
        {
            // Interrupted on purpose: the claim runs out by itself.
        }
        finally
        {
            _begun.TryRemove(place, out _);
            _free.Release();
        }
    }
}
