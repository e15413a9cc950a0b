using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MinimalApiJwt.Cases;

/// <summary>Creates the database, for development. Your application applies its migrations: see the sample Mvc.</summary>
internal static class DatabaseSetup
{
    public static async Task CreateDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CaseDbContext>().Database;
        var file = new SqliteConnectionStringBuilder(database.GetConnectionString()).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await database.EnsureCreatedAsync();
    }
}
