namespace DirectUpload.Benchmarks.Calls;

/// <summary>A call that is timed.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="RunAsync">Makes it so many times.</param>
internal sealed record Call(string Name, Func<int, Task> RunAsync)
{
    /// <summary>Gets how many times it is made in a round; null for as many as take some milliseconds.</summary>
    public int? Count { get; init; }

    /// <summary>Gets what is done before each round and is not timed.</summary>
    public Action PrepareRound { get; init; } = static () => { };

    public static Call Create<T>(string name, Func<T> call) => new(name, count =>
    {
        for (; count > 0; count--)
            call();
        return Task.CompletedTask;
    });

    public static Call Create<T>(string name, Func<Task<T>> call) => new(name, async count =>
    {
        for (; count > 0; count--)
            await call();
    });

    // With cached credentials these complete at once, so the loop stays on its thread, whose allocations are counted.
    public static Call Create<T>(string name, Func<ValueTask<T>> call) => new(name, async count =>
    {
        for (; count > 0; count--)
            await call();
    });
}

/// <summary>What a call costs.</summary>
/// <param name="Microseconds">The median time.</param>
/// <param name="Ratio">The median of its ratios to the anchor's time in the same round.</param>
/// <param name="AllocatedBytes">The bytes that it allocates on its thread.</param>
internal sealed record CallResult(double Microseconds, double Ratio, double AllocatedBytes);
