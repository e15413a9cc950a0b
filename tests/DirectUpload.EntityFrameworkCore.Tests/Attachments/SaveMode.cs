using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>The ways in which an application saves.</summary>
internal static class SaveMode
{
    /// <summary>Every way on SQLite, and each of them once on PostgreSQL, where a database costs a second.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "sqlite", "async" },
        { "sqlite", "sync" },
        { "sqlite", "in a transaction" },
        { "sqlite", "sync in a transaction" },
        { "postgres", "async" },
        { "postgres", "sync in a transaction" },
        { "postgres with retries", "sync" },
        { "postgres with retries", "in a transaction" },
    };

    public static Task SaveAsync(GalleryContext context, string mode) => mode switch
    {
        "async" => context.SaveChangesAsync(),
        "sync" => Task.FromResult(context.SaveChanges()),
        _ => InTransactionAsync(context, mode, commit: true),
    };

    /// <summary>Saves in a transaction of the application.</summary>
    public static Task InTransactionAsync(GalleryContext context, string mode, bool commit) =>
        context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            if (mode.StartsWith("sync", StringComparison.Ordinal))
                context.SaveChanges();
            else
                await context.SaveChangesAsync();
            if (commit)
                await transaction.CommitAsync();
        });
}
