using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MvcSample.Accounts;

namespace MvcSample.Data;

/// <summary>Applies the migrations, and creates the administrator that the configuration section <c>Admin</c> names.</summary>
internal static class DatabaseSetup
{
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ApplicationDbContext>().Database;
        var file = new SqliteConnectionStringBuilder(database.GetConnectionString()).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await database.MigrateAsync();
        if (app.Configuration["Admin:Email"] is { } email)
            await CreateAdministratorAsync(scope.ServiceProvider, email, app.Configuration["Admin:Password"]!);
    }

    private static async Task CreateAdministratorAsync(IServiceProvider services, string email, string password)
    {
        var users = services.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(email) is not null)
            return;
        var roles = services.GetRequiredService<RoleManager<IdentityRole>>();
        var administrator = new User { UserName = email, Email = email, DisplayName = "Administrator" };
        ThrowIfFailed(await roles.CreateAsync(new IdentityRole(Roles.Administrator)));
        ThrowIfFailed(await users.CreateAsync(administrator, password));
        ThrowIfFailed(await users.AddToRoleAsync(administrator, Roles.Administrator));
    }

    private static void ThrowIfFailed(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"The administrator could not be created: {result}");
    }
}
