using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Inserts rows: into <see cref="DirectUploadDbContext"/> by a statement that is built once for each model.</summary>
/// <remarks>
/// Saving a tracked entity builds the statement for each row, which takes longer than the insert itself. A context of the application saves
/// the entity all the same, because it may have columns, converters, interceptors and an override of SaveChanges.
/// </remarks>
internal static class RowInsert
{
    private static readonly ConditionalWeakTable<IModel, InsertStatements> Statements = [];

    /// <summary>Inserts all rows or none, and returns their number.</summary>
    public static async Task<int> ExecuteAsync(DbContext context, IReadOnlyList<UploadRow> rows, CancellationToken cancellationToken)
    {
        if (context is not DirectUploadDbContext)
        {
            context.AddRange(rows);
            return await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return await context.Database.CreateExecutionStrategy().ExecuteAsync(
            ending => InsertAsync(context, rows, ending), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> InsertAsync(DbContext context, IReadOnlyList<UploadRow> rows, CancellationToken cancellationToken)
    {
        var (statement, sets) = Statements.GetValue(context.Model, static model => new(model)).Get(context, rows);
        var command = new RepeatedCommand(statement, context, sets);
        // One statement is a transaction, and so is a batch of PostgreSQL (protocol, "pipelining": up to the next Sync).
        if (sets.Length == 1 || context.Database.GetDbConnection().CanCreateBatch)
            return await command.WriteAsync(cancellationToken).ConfigureAwait(false);
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var inserted = await command.WriteAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return inserted;
        }
    }
}
