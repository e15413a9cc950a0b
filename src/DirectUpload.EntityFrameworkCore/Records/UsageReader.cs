using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Reads what the rows of owners count toward their quotas. Concurrent calls share a round trip.</summary>
internal sealed class UsageReader<TContext>(UploadDbContextFactory<TContext> contexts)
    where TContext : DbContext
{
    private readonly CallQueue<OwnerUsageQuery, OwnerUsage> _queue = new(
        queries => DatabaseCall.RunAsync(
            contexts.RentReadAsync, (context, ending) => UsageStatement.ExecuteAsync(context, queries, ending), CancellationToken.None),
        DatabaseCall.MaxWait);

    /// <exception cref="RecordStoreUnavailableException">The database is unavailable or did not respond in time.</exception>
    public async Task<OwnerUsage> GetAsync(OwnerUsageQuery query, CancellationToken cancellationToken) =>
        await contexts.CanShareStatementsAsync().ConfigureAwait(false)
            ? await DatabaseCall.RunAsync(ending => _queue.RunAsync(query, ending), cancellationToken).ConfigureAwait(false)
            : await DatabaseCall.RunAsync(
                contexts.RentReadAsync, (context, ending) => SumAsync(context, query, ending), cancellationToken).ConfigureAwait(false);

    private static async Task<OwnerUsage> SumAsync(TContext context, OwnerUsageQuery query, CancellationToken cancellationToken)
    {
        var rows = RowQueries<TContext>.Get(context).SumUsage(
            context, query.Profile, query.Owner, Iso8601.Write(query.Now), query.Pending, query.Stored,
            RowFilter.CreateOldestId(query.CreatedAfter), Iso8601.Write(query.CreatedAfter), query.CreatedLimit);
        return UsageRow.Combine(await rows.ToListAsync(cancellationToken).ConfigureAwait(false));
    }
}
