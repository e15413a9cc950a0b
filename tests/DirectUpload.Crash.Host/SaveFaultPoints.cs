using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.Crash.Host;

/// <summary>Fault points around each write and each commit of the application's context.</summary>
internal sealed class SaveFaultPoints(FaultPoints points) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Pass(command, eventData, "before");
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Pass(command, eventData, "after");
        return new(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Pass(command, eventData, "before");
        return new(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Pass(command, eventData, "after");
        return new(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        points.Pass("save: commit, before");
        return new(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        points.Pass("save: commit, after");
        return Task.CompletedTask;
    }

    // The library's own calls have fault points in CrashingStore; they use no transaction of the context.
    private void Pass(DbCommand command, CommandEventData eventData, string when)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            return;
        var verb = command.CommandText.TrimStart().Split(' ', '\n')[0];
        if (verb is "INSERT" or "UPDATE" or "DELETE")
            points.Pass($"save: {verb}, {when}");
    }
}
