namespace DirectUpload.TestKit;

/// <summary>A PostgreSQL in which tests may make schemas and databases: DIRECTUPLOAD_POSTGRES, a connection string.</summary>
public sealed record PostgresEngine(string ConnectionString)
{
    private const string Variable = "DIRECTUPLOAD_POSTGRES";

    public static PostgresEngine? Find() => Engine.Variable(Variable) is { } connection ? new PostgresEngine(connection) : null;

    public static PostgresEngine Require() => Engine.Require(Find(), "PostgreSQL", Variable);
}
