using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Records the queries that a store sends, with the values of their parameters, and its other statements.</summary>
internal sealed class StatementRecorder : DbCommandInterceptor
{
    public ConcurrentQueue<(string Sql, (string Name, object? Value)[] Parameters)> Queries { get; } = [];

    public ConcurrentQueue<string> Writes { get; } = [];

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Writes.Enqueue(command.CommandText);
        return new(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Queries.Enqueue((
            command.CommandText,
            [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return new(result);
    }
}
