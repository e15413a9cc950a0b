using DirectUpload.Benchmarks.Processes;
using DirectUpload.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>SQLite, in a temporary file.</summary>
internal static class SqliteSubject
{
    public static GrowthSubject Subject { get; } = new("SQLite", int.MaxValue, CreateAsync);

    private static Task<GrowthDatabase> CreateAsync()
    {
        var folder = new TemporaryFolder();
        var connectionString = $"Data Source={Path.Combine(folder.Path, "uploads.db")}";
        return RelationalDatabase.CreateAsync(
            options => options.UseSqlite(connectionString),
            records => FillAsync(connectionString, records),
            "EXPLAIN QUERY PLAN",
            line =>
                line.StartsWith("SCAN ", StringComparison.Ordinal) || line.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal),
            () =>
            {
                ClearPool(connectionString);
                folder.Dispose();
                return Task.CompletedTask;
            });
    }

    private static async Task FillAsync(string connectionString, IEnumerable<UploadRecord> records)
    {
        // Without the log only one connection may have the file.
        ClearPool(connectionString);
        await using var connection = new SqliteConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        // Whoever breaks this off begins anew.
        await ExecuteAsync(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; BEGIN");
        await using (var insert = connection.CreateCommand())
        {
            var parameters = RecordColumns.Names.Select(
                name => insert.Parameters.Add(new SqliteParameter { ParameterName = $"${name}" })).ToArray();
            var at = Enumerable.Range(0, parameters.Length).Select(column => insert.Parameters[column]).ToArray();
#pragma warning disable CA2100 // The names are the model's.
            insert.CommandText =
                $"INSERT INTO {RecordColumns.Table} ({string.Join(", ", RecordColumns.Names)}) VALUES " +
                $"({string.Join(", ", RecordColumns.Names.Select(name => $"${name}"))})";
#pragma warning restore CA2100
            foreach (var record in records)
            {
                foreach (var (parameter, value) in at.Zip(RecordColumns.GetValues(record)))
                    parameter.Value = value ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }
        }

        await ExecuteAsync(connection, "COMMIT; ANALYZE; PRAGMA journal_mode=WAL");
    }

    private static void ClearPool(string connectionString)
    {
        using var pool = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pool);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string statements)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = statements;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
