using Microsoft.Data.Sqlite;
using Npgsql;

namespace DirectUpload.Crash.Tests;

/// <summary>A database of its own, that outlives every process killed over it.</summary>
internal sealed record Database(string Kind, string ConnectionString, Func<ValueTask> RemoveAsync)
{
    public static Database Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("du-crash-");
        var connection = $"Data Source={Path.Combine(folder.FullName, "uploads.db")}";
        return new Database("sqlite", connection, () =>
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
            return default;
        });
    }

    /// <param name="server">DynamoDB, or what stands before it.</param>
    public static Database DynamoDB(string server) => new("dynamodb", $"{server} du-crash-{Guid.NewGuid():N}", () => default);

    public static Database Postgres()
    {
        var server = PostgresEngine.Require().ConnectionString;
        var name = $"du_crash_{Guid.NewGuid():N}";
        return new Database(
            "postgres", new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 10 }.ConnectionString, async () =>
            {
                await using var connection = new NpgsqlConnection(server);
                await connection.OpenAsync();
                await using var drop = connection.CreateCommand();
                drop.CommandText = $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";
                await drop.ExecuteNonQueryAsync();
            });
    }
}
