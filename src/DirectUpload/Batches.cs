using System.Runtime.CompilerServices;

namespace DirectUpload;

/// <summary>Looks at a long sequence some at a time.</summary>
internal static class Batches
{
    /// <summary>What <paramref name="select"/> makes of each, without nulls, in order; so many are under way at once.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> source, int atOnce, Func<T, CancellationToken, Task<TResult?>> select, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TResult : class
    {
        var running = new Queue<Task<TResult?>>(atOnce);
        try
        {
            await foreach (var item in source.ConfigureAwait(false))
            {
                if (running.Count == atOnce && await running.Dequeue().ConfigureAwait(false) is { } done)
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
            // After an exception, or when nobody wants the rest.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
