using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>Runs a call of the test once, right before an entity is inserted.</summary>
internal sealed class WriteHook : DbCommandInterceptor
{
    public Func<Task>? BeforeInsert { get; set; }

    /// <summary>Another interceptor of the application, which may prevent a save.</summary>
    public SavingHook Saving { get; } = new();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (BeforeInsert is { } call && command.CommandText.Contains("INSERT INTO \"Members\"", StringComparison.Ordinal))
        {
            BeforeInsert = null;
            await call();
        }

        return result;
    }
}

/// <summary>Throws before a save, or suppresses it.</summary>
internal sealed class SavingHook : SaveChangesInterceptor
{
    public Func<InterceptionResult<int>>? OnSaving { get; set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(OnSaving?.Invoke() ?? result);
}
