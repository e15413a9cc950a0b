using Npgsql;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A database of its own in the PostgreSQL that the tests were given.</summary>
internal sealed class PostgresDatabase
{
    private readonly string _server;
    private readonly string _name = $"du_{Guid.NewGuid():N}";

    private PostgresDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name, MaxPoolSize = 10 }.ConnectionString;

    public static PostgresDatabase Require() => new(PostgresEngine.Require().ConnectionString);

    public async ValueTask DropAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var drop = connection.CreateCommand();
        drop.CommandText = $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)";
        await drop.ExecuteNonQueryAsync();
    }
}
