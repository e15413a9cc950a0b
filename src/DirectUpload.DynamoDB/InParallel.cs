namespace DirectUpload.DynamoDB;

/// <summary>Several requests at once, and not too many.</summary>
internal static class InParallel
{
    public const int Most = 16;

    /// <summary>Where one throws, those beside it still end by themselves: what they write must not be lost to a cancellation.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> step)
    {
        foreach (var some in items.Chunk(Most))
            await Task.WhenAll(some.Select(step)).ConfigureAwait(false);
    }
}
