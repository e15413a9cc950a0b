namespace DirectUpload.TestKit;

/// <summary>Finds a PostgreSQL in which tests may create schemas and databases; DIRECTUPLOAD_POSTGRES is its connection string.</summary>
public sealed record PostgresEngine(string ConnectionString)
{
    private const string ConnectionStringVariable = "DIRECTUPLOAD_POSTGRES";

    public static PostgresEngine? Find() =>
        Engine.GetVariable(ConnectionStringVariable) is { } connection ? new PostgresEngine(connection) : null;

    public static PostgresEngine Require() => Engine.Require(Find(), "PostgreSQL", ConnectionStringVariable);
}
