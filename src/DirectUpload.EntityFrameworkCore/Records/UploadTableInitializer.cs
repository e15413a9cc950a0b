using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Ensures, once per process, that the table exists.</summary>
internal sealed class UploadTableInitializer<TContext>(bool create) : IDisposable
    where TContext : DbContext
{
    private const int MaxAttempts = 10;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isReady;

    /// <exception cref="InvalidOperationException">The application's context has no such table.</exception>
    public async ValueTask EnsureAsync(TContext context, CancellationToken cancellationToken)
    {
        if (_isReady)
            return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isReady)
                return;
            if (context.Model.FindEntityType(typeof(UploadRow)) is null)
            {
                throw new InvalidOperationException(
                    $"{typeof(TContext).Name} has no table for upload records. Call modelBuilder.UseDirectUploads() in its " +
                    "OnModelCreating, and add a migration.");
            }

            if (create)
                await CreateAsync(context, cancellationToken).ConfigureAwait(false);
            _isReady = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Checks that the database has the table with all its columns.</summary>
    /// <exception cref="InvalidOperationException">
    /// The table or a column is missing; the message contains the command that adds it.
    /// </exception>
    public static async Task CheckAsync(TContext context, CancellationToken cancellationToken)
    {
        var table = context.Model.FindEntityType(typeof(UploadRow))!.GetTableName();
        var missing = await TableColumns.FindMissingAsync(context, cancellationToken).ConfigureAwait(false);
        if (missing is { Count: 0 })
            return;
        var found = missing is null
            ? $"The database of {typeof(TContext).Name} has no table \"{table}\" for upload records."
            : $"The table \"{table}\" in the database of {typeof(TContext).Name} lacks the columns {string.Join(", ", missing)}, which " +
                "this version of DirectUpload needs.";
        throw new InvalidOperationException(context is DirectUploadDbContext
            ? $"{found} An earlier version created it: add the columns, or delete the table if its records are no longer needed."
            : $"{found} Add a migration and apply it: dotnet ef migrations add DirectUploads --context {typeof(TContext).Name} && " +
                $"dotnet ef database update --context {typeof(TContext).Name}");
    }

    public void Dispose() => _gate.Dispose();

    // Several instances may start at once; the later ones find the database or the table after a retry.
    private static async Task CreateAsync(TContext context, CancellationToken cancellationToken)
    {
        for (var left = MaxAttempts; ; left--)
        {
            try
            {
                if (context.Database.ProviderName == ProviderNames.Sqlite)
                    CreateFolder(context.Database.GetDbConnection().DataSource);
                var database = context.GetService<IRelationalDatabaseCreator>();
                if (!await database.ExistsAsync(cancellationToken).ConfigureAwait(false))
                    await database.CreateAsync(cancellationToken).ConfigureAwait(false);
                if (context.Database.ProviderName == ProviderNames.Sqlite)
                    await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken).ConfigureAwait(false);
                if (await TableColumns.FindMissingAsync(context, cancellationToken).ConfigureAwait(false) is null)
                    await database.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (left > 1 && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(
                    TimeSpan.FromMilliseconds(50 + Random.Shared.Next(200)), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // SQLite creates the file but not its folder.
    private static void CreateFolder(string file)
    {
        if (!file.StartsWith("file:", StringComparison.Ordinal) && Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }
}
