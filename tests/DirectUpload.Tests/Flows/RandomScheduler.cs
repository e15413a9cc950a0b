namespace DirectUpload.Tests.Flows;

/// <summary>Makes everybody wait now and then, so that others come between. What it does is decided by a seed.</summary>
internal sealed class RandomScheduler(int seed)
{
    private readonly Random _random = new(seed);

    public async Task DelayAsync()
    {
        switch (Next(10))
        {
            case < 4:
                return;
            case < 9:
                for (var turns = Next(4); turns >= 0; turns--)
                    await Task.Yield();
                return;
            default:
                await Task.Delay(1);
                return;
        }
    }

    public int Next(int limit)
    {
        lock (_random)
            return _random.Next(limit);
    }

    public T Choose<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];
}
