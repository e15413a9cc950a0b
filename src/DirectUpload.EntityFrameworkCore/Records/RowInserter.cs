using System.Data.Common;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Adds rows. Rows that are added at the same time share a statement, and with it a round trip and a flush to disk.</summary>
/// <remarks>A row that is added alone does not wait for others.</remarks>
internal sealed class RowInserter<TContext>(UploadDbContextFactory<TContext> contexts)
    where TContext : DbContext
{
    // Another caller may add and delete a record of the same id each time; an error that stays is thrown after the last attempt.
    private const int MaxAttempts = 5;

    private readonly CallQueue<UploadRow, bool> _queue = new(rows => InsertAllAsync(contexts, rows), DatabaseCall.MaxWait);

    /// <exception cref="InvalidOperationException">A row with this id exists already.</exception>
    /// <exception cref="RecordStoreUnavailableException">The database is unavailable or did not respond in time.</exception>
    public async Task AddAsync(UploadRow row, CancellationToken cancellationToken)
    {
        if (await contexts.CanShareStatementsAsync().ConfigureAwait(false)
            && await DatabaseCall.RunAsync(ending => _queue.RunAsync(row, ending), cancellationToken).ConfigureAwait(false))
            return;
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt == MaxAttempts;
            if (await DatabaseCall.RunAsync(
                contexts.RentWriteAsync, (context, ending) => TryAddAsync(context, row, isLast, ending), cancellationToken)
                .ConfigureAwait(false))
                return;
        }
    }

    // All rows or none: each caller that gets false adds its row alone, and finds out whether it was that row.
    private static async Task<IReadOnlyList<bool>> InsertAllAsync(UploadDbContextFactory<TContext> contexts, IReadOnlyList<UploadRow> rows)
    {
        var areInserted = true;
        try
        {
            await DatabaseCall.RunAsync(
                contexts.RentWriteAsync, (context, ending) => RowInsert.ExecuteAsync(context, rows, ending), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is DbException or DbUpdateException)
        {
            areInserted = false;
        }

        return [.. Enumerable.Repeat(areInserted, rows.Count)];
    }

    private static async Task<bool> TryAddAsync(TContext context, UploadRow row, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await RowInsert.ExecuteAsync(context, [row], cancellationToken).ConfigureAwait(false);
            return true;
        }
        // Each database reports a duplicate key differently; the existence of the key is checked instead.
        catch (Exception refused) when (refused is DbException or DbUpdateException && !cancellationToken.IsCancellationRequested
            && !DatabaseErrors.IsUnavailable(refused))
        {
            var exists = context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters()
                .AnyAsync(it => it.Id == row.Id, cancellationToken);
            if (await exists.ConfigureAwait(false))
                throw new InvalidOperationException($"Upload {row.Id} exists already.", refused);
            // Otherwise the key existed, and its record has been deleted since.
            if (isLast)
                throw;
            return false;
        }
    }
}
