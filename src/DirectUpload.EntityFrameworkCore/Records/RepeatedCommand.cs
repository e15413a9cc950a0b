using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Executes a command once for each set of values: in one round trip, or, where the driver has no batches (SQLite), as one prepared
/// statement.
/// </summary>
/// <remarks>A single set goes through the interceptors and the log of the context; several do not.</remarks>
/// <param name="command">The command; its parameters are those of <see cref="TableCommandBuilder"/>. Many callers may share it.</param>
/// <param name="context">The context whose connection is used.</param>
/// <param name="sets">The values of the parameters of each execution; at least one set.</param>
internal sealed class RepeatedCommand(TableCommand command, DbContext context, IReadOnlyList<object?[]> sets)
{
    /// <summary>Executes all sets, and returns the number of rows that they changed.</summary>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        await RunAsync(
            async (rented, parameters) => changed = await rented.ExecuteNonQueryAsync(parameters, cancellationToken).ConfigureAwait(false),
            async batch => changed = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false),
            async (prepared, _) => changed += await prepared.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return changed;
    }

    /// <summary>Executes all sets, and returns what <paramref name="readAsync"/> reads from the result of each.</summary>
    public async Task<T[]> ReadAsync<T>(Func<DbDataReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken)
    {
        var results = new T[sets.Count];
        await RunAsync(
            async (rented, parameters) =>
            {
                var result = await rented.ExecuteReaderAsync(parameters, cancellationToken).ConfigureAwait(false);
                await using (result.ConfigureAwait(false))
                    results[0] = await readAsync(result.DbDataReader, cancellationToken).ConfigureAwait(false);
            },
            async batch =>
            {
                var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    for (var at = 0; at < results.Length; at++, await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                        results[at] = await readAsync(reader, cancellationToken).ConfigureAwait(false);
                }
            },
            async (prepared, at) =>
            {
                var reader = await prepared.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                    results[at] = await readAsync(reader, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task RunAsync(
        Func<IRelationalCommand, RelationalCommandParameterObject, Task> executeOnce, Func<DbBatch, Task> executeBatch,
        Func<DbCommand, int, Task> executeNext, CancellationToken cancellationToken)
    {
        if (sets.Count == 1)
        {
            await RunOnceAsync(executeOnce).ConfigureAwait(false);
            return;
        }

        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await (context.Database.GetDbConnection() is { CanCreateBatch: true } connection
                ? RunBatchAsync(connection, executeBatch)
                : RunInTurnAsync(executeNext)).ConfigureAwait(false);
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private async Task RunOnceAsync(Func<IRelationalCommand, RelationalCommandParameterObject, Task> execute)
    {
        var parameters = TableCommandBuilder.CreateParameters(context, sets[0]);
        // A command has the state of its execution, so that it cannot be shared itself.
        var rented = parameters.Connection.RentCommand();
        try
        {
            rented.PopulateFrom(command.Template);
            await execute(rented, parameters).ConfigureAwait(false);
        }
        finally
        {
            parameters.Connection.ReturnCommand(rented);
        }
    }

    private async Task RunBatchAsync(DbConnection connection, Func<DbBatch, Task> execute)
    {
        var batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Timeout = (int)DatabaseCall.CommandTimeout.TotalSeconds;
            var factory = connection.CreateCommand();
            await using (factory.ConfigureAwait(false))
            {
                foreach (var values in sets)
                    batch.BatchCommands.Add(command.CreateBatchCommand(batch, factory, values));
            }

            await execute(batch).ConfigureAwait(false);
        }
    }

    private async Task RunInTurnAsync(Func<DbCommand, int, Task> executeNext)
    {
        var prepared = CreateCommand(sets[0]);
        await using (prepared.ConfigureAwait(false))
        {
            for (var at = 0; at < sets.Count; at++)
            {
                for (var parameter = 0; parameter < sets[at].Length; parameter++)
                    prepared.Parameters[parameter].Value = sets[at][parameter] ?? DBNull.Value;
                await executeNext(prepared, at).ConfigureAwait(false);
            }
        }
    }

    private DbCommand CreateCommand(object?[] values) => command.Template.CreateDbCommand(
        TableCommandBuilder.CreateParameters(context, values), Guid.NewGuid(), DbCommandMethod.ExecuteReader);
}
