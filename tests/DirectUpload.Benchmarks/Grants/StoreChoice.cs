using DirectUpload.Benchmarks.Growth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>The store of a host in a process of its own, as text for its command line.</summary>
internal static class StoreChoice
{
    public const string Memory = "memory";

    private const string SqlitePrefix = "sqlite:";
    private const string PostgresPrefix = "postgres:";

    // As docs/stores.md recommends it.
    private const int PreparedStatements = 50;

    public static string Sqlite(string folder, string name = "uploads") =>
        $"{SqlitePrefix}Data Source={Path.Combine(folder, $"{name}.db")}";

    public static string Postgres(string connectionString) => PostgresPrefix + connectionString;

    /// <summary>Creates a database on the server that DIRECTUPLOAD_POSTGRES names.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreatePostgresDatabaseAsync()
    {
        var server = Environment.GetEnvironmentVariable(PostgresSubject.ConnectionStringVariable)
            ?? throw new InvalidOperationException(
                $"Set {PostgresSubject.ConnectionStringVariable} to a PostgreSQL server: tests/engines/postgres-up.sh PORT starts one.");
        var name = $"du_benchmark_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var database = new NpgsqlConnectionStringBuilder(server)
        {
            Database = name,
            MaxAutoPrepare = PreparedStatements,
            NoResetOnClose = true,
        };
        return database.ConnectionString;
    }

    public static async Task DropPostgresDatabaseAsync(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        var name = database.Database;
        database.Database = "postgres";
        await ExecuteAsync(database.ConnectionString, $"DROP DATABASE {name} WITH (FORCE)");
    }

    public static DirectUploadBuilder Use(DirectUploadBuilder uploads, string store) => store switch
    {
        Memory => uploads.UseInMemoryStore(),
        _ when store.StartsWith(SqlitePrefix, StringComparison.Ordinal) =>
            uploads.UseEntityFrameworkCore(options => options.UseSqlite(store[SqlitePrefix.Length..])),
        _ when store.StartsWith(PostgresPrefix, StringComparison.Ordinal) =>
            uploads.UseEntityFrameworkCore(options => options.UseNpgsql(store[PostgresPrefix.Length..])),
        _ => throw new ArgumentException($"There is no store \"{store}\".", nameof(store)),
    };

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written above.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
