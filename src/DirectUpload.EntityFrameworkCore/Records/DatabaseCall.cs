using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Runs one call within a time limit, and translates the exceptions of an unavailable database.</summary>
internal static class DatabaseCall
{
    /// <summary>The time limit of one command; providers that ignore cancellation (SQLite) respect it.</summary>
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The time for which calls that share a statement wait for those before them.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    // A driver may ignore cancellation as well; its call is abandoned.
    private static readonly StoreCall Call = new("The database", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20), ExplainUnavailable);

    /// <exception cref="RecordStoreUnavailableException">The database is unavailable or did not respond in time.</exception>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        Call.RunAsync(call, cancellationToken);

    /// <summary>Runs one call with a context of its own.</summary>
    /// <exception cref="RecordStoreUnavailableException">The database is unavailable or did not respond in time.</exception>
    public static Task<T> RunAsync<TContext, T>(
        Func<CancellationToken, ValueTask<RentedContext<TContext>>> rent, Func<TContext, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
        where TContext : DbContext =>
        RunAsync(
            async ending =>
            {
                var rented = await rent(ending).ConfigureAwait(false);
                await using (rented.ConfigureAwait(false))
                    return await call(rented.Context, ending).ConfigureAwait(false);
            },
            cancellationToken);

    private static string? ExplainUnavailable(Exception fault) =>
        DatabaseErrors.IsUnavailable(fault) ? fault.GetBaseException().Message : null;
}
