using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>
/// An application's context with a mind of its own: rules for all its entities, a schema, proxies, tracking, retries; each would break the
/// records if it reached them.
/// </summary>
public class ConflictingConventionsContext(DbContextOptions<ConflictingConventionsContext> options) : DbContext(options)
{
    internal static ValueTask<EntityFrameworkStoreUnderTest> OpenSqliteAsync()
    {
        var file = new SqliteFile();
        return OpenAsync(o => o.UseSqlite(file.ConnectionString), () =>
        {
            file.Delete();
            return default;
        });
    }

    internal static ValueTask<EntityFrameworkStoreUnderTest> OpenPostgresAsync()
    {
        var database = PostgresDatabase.Require();
        return OpenAsync(o => o.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()), database.DropAsync);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<string>().HaveMaxLength(10).AreUnicode(false).HaveConversion<UpperCaseConverter>();
        configurationBuilder.Properties<long>().HaveConversion<string>();
        if (Database.IsSqlite())
            configurationBuilder.Properties<string>().UseCollation("NOCASE");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        if (Database.IsNpgsql())
            modelBuilder.HasDefaultSchema("app");
        modelBuilder.UseDirectUploads("Media \"Uploads\"");
        // As for tenants or soft deletes: nothing is ever shown.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            modelBuilder.Entity(entity.ClrType)
                .HasQueryFilter(Expression.Lambda(Expression.Constant(false), Expression.Parameter(entity.ClrType)));
    }

    private static async ValueTask<EntityFrameworkStoreUnderTest> OpenAsync(
        Action<DbContextOptionsBuilder> database, Func<ValueTask> remove)
    {
        var options = new DbContextOptionsBuilder<ConflictingConventionsContext>();
        Configure(options);
        await using (var context = new ConflictingConventionsContext(options.Options))
            await context.Database.EnsureCreatedAsync(); // as migrations would
        return await EntityFrameworkStoreUnderTest.OpenAsync(
            builder =>
            {
                builder.Services.AddPooledDbContextFactory<ConflictingConventionsContext>(Configure);
                builder.UseEntityFrameworkCore<ConflictingConventionsContext>();
            },
            remove);

        void Configure(DbContextOptionsBuilder it)
        {
            database(it);
            it.UseLazyLoadingProxies().UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
        }
    }

    private sealed class UpperCaseConverter() : ValueConverter<string, string>(text => text.ToUpperInvariant(), text => text);
}
