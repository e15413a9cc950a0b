using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Makes sure, once in a process, that there is a table to keep records in.</summary>
internal sealed class UploadTable<TContext>(bool create) : IDisposable
    where TContext : DbContext
{
    private const int Tries = 10;

    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isThere;

    /// <exception cref="InvalidOperationException">The application's context knows no such table.</exception>
    public async ValueTask EnsureAsync(TContext context, CancellationToken cancellationToken)
    {
        if (_isThere)
            return;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isThere)
                return;
            if (context.Model.FindEntityType(typeof(UploadRow)) is null)
            {
                throw new InvalidOperationException(
                    $"{typeof(TContext).Name} has no table for upload records. Call modelBuilder.UseDirectUploads() in its OnModelCreating, and add a migration.");
            }

            if (create)
                await CreateAsync(context, cancellationToken).ConfigureAwait(false);
            _isThere = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Looks whether the database has the table with all its columns.</summary>
    /// <exception cref="InvalidOperationException">It has not; the message has the command that adds it.</exception>
    public static async Task CheckAsync(TContext context, CancellationToken cancellationToken)
    {
        var table = context.Model.FindEntityType(typeof(UploadRow))!.GetTableName();
        var missing = await TableColumns.FindMissingAsync(context, cancellationToken).ConfigureAwait(false);
        if (missing is { Count: 0 })
            return;
        var found = missing is null
            ? $"The database of {typeof(TContext).Name} has no table \"{table}\" for upload records."
            : $"The table \"{table}\" in the database of {typeof(TContext).Name} lacks the columns {string.Join(", ", missing)}, which this version of DirectUpload needs.";
        throw new InvalidOperationException(context is DirectUploadDbContext
            ? $"{found} An earlier version created it: add the columns, or delete the table when its records are not needed any more."
            : $"{found} Add a migration and apply it: dotnet ef migrations add DirectUploads --context {typeof(TContext).Name} && dotnet ef database update --context {typeof(TContext).Name}");
    }

    public void Dispose() => _turn.Dispose();

    // Ten instances may start at once: whoever comes second finds the database, or the table, there, sooner or later.
    private static async Task CreateAsync(TContext context, CancellationToken cancellationToken)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                if (context.Database.ProviderName == Providers.Sqlite)
                    CreateFolder(context.Database.GetDbConnection().DataSource);
                var database = context.GetService<IRelationalDatabaseCreator>();
                if (!await database.ExistsAsync(cancellationToken).ConfigureAwait(false))
                    await database.CreateAsync(cancellationToken).ConfigureAwait(false);
                if (context.Database.ProviderName == Providers.Sqlite)
                    await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken).ConfigureAwait(false);
                if (await TableColumns.FindMissingAsync(context, cancellationToken).ConfigureAwait(false) is null)
                    await database.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (left > 1 && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 + Random.Shared.Next(200)), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // SQLite creates its file, but not the folder that it is in.
    private static void CreateFolder(string file)
    {
        if (!file.StartsWith("file:", StringComparison.Ordinal) && Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }
}
