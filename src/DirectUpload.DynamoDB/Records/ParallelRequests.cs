namespace DirectUpload.DynamoDB.Records;

/// <summary>Sends several requests at once, with limited concurrency.</summary>
internal static class ParallelRequests
{
    public const int MaxConcurrency = 16;

    /// <summary>
    /// Runs an operation for each item. If one throws, the others still complete, because a canceled write might be lost.
    /// </summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> step)
    {
        foreach (var some in items.Chunk(MaxConcurrency))
            await Task.WhenAll(some.Select(step)).ConfigureAwait(false);
    }
}
