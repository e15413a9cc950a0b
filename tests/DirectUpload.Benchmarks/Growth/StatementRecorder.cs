using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>A statement as it went to the database.</summary>
internal sealed record Statement(string Text, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>Hears which statement a call of the store is.</summary>
internal sealed class StatementRecorder : DbCommandInterceptor
{
    private List<Statement>? _statements;

    /// <exception cref="InvalidOperationException">The call is not one statement.</exception>
    public async Task<Statement> RecordAsync(Func<Task> call)
    {
        var heard = _statements = [];
        await call();
        _statements = null;
        return heard is [var only] ? only : throw new InvalidOperationException($"The call is {heard.Count} statements: a verb is one.");
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    private void Add(DbCommand command) => _statements?.Add(
        new(
            command.CommandText,
            [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
}
