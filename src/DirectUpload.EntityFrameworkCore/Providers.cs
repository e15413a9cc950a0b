namespace DirectUpload.EntityFrameworkCore;

/// <summary>The providers whose SQL is known here, by the names that they give themselves.</summary>
internal static class Providers
{
    public const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";
    public const string Postgres = "Npgsql.EntityFrameworkCore.PostgreSQL";
    public const string SqlServer = "Microsoft.EntityFrameworkCore.SqlServer";
}
