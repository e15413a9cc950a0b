using System.Runtime.CompilerServices;

namespace DirectUpload.Concurrency;

/// <summary>Maps a long sequence with a bounded number of concurrent calls.</summary>
internal static class ConcurrentSelect
{
    /// <summary>Calls <paramref name="select"/> for each item, and returns the results in order, without nulls.</summary>
    /// <param name="source">The items.</param>
    /// <param name="concurrency">The maximum number of concurrent calls.</param>
    /// <param name="select">Maps an item; null omits it.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The results.</returns>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> source, int concurrency, Func<T, CancellationToken, Task<TResult?>> select,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TResult : class
    {
        var running = new Queue<Task<TResult?>>(concurrency);
        try
        {
            await foreach (var item in source.ConfigureAwait(false))
            {
                if (running.Count == concurrency && await running.Dequeue().ConfigureAwait(false) is { } done)
                    yield return done;
                running.Enqueue(select(item, cancellationToken));
            }

            while (running.TryDequeue(out var next))
            {
                if (await next.ConfigureAwait(false) is { } done)
                    yield return done;
            }
        }
        finally
        {
            // After an exception, or when the caller stops enumerating.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
