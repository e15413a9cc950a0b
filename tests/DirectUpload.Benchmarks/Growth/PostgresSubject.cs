using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>PostgreSQL: the server that DIRECTUPLOAD_POSTGRES names, each size in a database of its own.</summary>
internal static class PostgresSubject
{
    public const string ConnectionStringVariable = "DIRECTUPLOAD_POSTGRES";

    public static GrowthSubject? FindSubject() =>
        Environment.GetEnvironmentVariable(ConnectionStringVariable) is { Length: > 0 } server
            ? new("PostgreSQL", int.MaxValue, () => CreateAsync(server))
            : null;

    private static Task<GrowthDatabase> CreateAsync(string server)
    {
        var name = $"du_growth_{Guid.NewGuid():N}";
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 5 }.ConnectionString;
        return RelationalDatabase.CreateAsync(
            options => options.UseNpgsql(connectionString),
            records => FillAsync(connectionString, records),
            "EXPLAIN",
            line => line.Contains("Seq Scan", StringComparison.Ordinal)
                || line.TrimStart(' ', '-', '>').StartsWith("Sort ", StringComparison.Ordinal),
            async () =>
            {
                await using (var pool = new NpgsqlConnection(connectionString))
                    NpgsqlConnection.ClearPool(pool);
                await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
            });
    }

    public static async Task FillAsync(string connectionString, IEnumerable<UploadRecord> records)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var import = await connection.BeginBinaryImportAsync(
                $"COPY {RecordColumns.Table} ({string.Join(", ", RecordColumns.Names)}) FROM STDIN (FORMAT BINARY)");
            foreach (var record in records)
            {
                await import.StartRowAsync();
                foreach (var value in RecordColumns.GetValues(record))
                {
                    if (value is null)
                        await import.WriteNullAsync();
                    else
                        await import.WriteAsync(value);
                }
            }

            await import.CompleteAsync();
        }

        // What the server would do by itself within the minute, and not while we measure.
        await ExecuteAsync(connectionString, $"VACUUM ANALYZE {RecordColumns.Table}");
        await ExecuteAsync(connectionString, "CHECKPOINT");
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written above.
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 600 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
