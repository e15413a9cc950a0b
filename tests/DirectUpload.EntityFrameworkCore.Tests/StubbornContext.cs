using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>An application's context with a mind of its own: rules for all its entities, a schema, proxies, tracking, retries; each would break the records if it reached them.</summary>
public class StubbornContext(DbContextOptions<StubbornContext> options) : DbContext(options)
{
    internal static ValueTask<Subject> OnSqliteAsync()
    {
        var file = new SqliteFile();
        return OpenAsync(o => o.UseSqlite(file.ConnectionString), () =>
        {
            file.Delete();
            return default;
        });
    }

    internal static ValueTask<Subject> OnPostgresAsync()
    {
        var database = PostgresDatabase.Require();
        return OpenAsync(o => o.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()), database.DropAsync);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<string>().HaveMaxLength(10).AreUnicode(false).HaveConversion<UpperCase>();
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
            modelBuilder.Entity(entity.ClrType).HasQueryFilter(Expression.Lambda(Expression.Constant(false), Expression.Parameter(entity.ClrType)));
    }

    private static async ValueTask<Subject> OpenAsync(Action<DbContextOptionsBuilder> database, Func<ValueTask> remove)
    {
        var options = new DbContextOptionsBuilder<StubbornContext>();
        Configure(options);
        await using (var context = new StubbornContext(options.Options))
            await context.Database.EnsureCreatedAsync(); // as migrations would
        return await Subject.OpenAsync(
            builder =>
            {
                builder.Services.AddPooledDbContextFactory<StubbornContext>(Configure);
                builder.UseEntityFrameworkCore<StubbornContext>();
            },
            remove);

        void Configure(DbContextOptionsBuilder it)
        {
            database(it);
            it.UseLazyLoadingProxies().UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
        }
    }

    private sealed class UpperCase() : ValueConverter<string, string>(text => text.ToUpperInvariant(), text => text);
}
