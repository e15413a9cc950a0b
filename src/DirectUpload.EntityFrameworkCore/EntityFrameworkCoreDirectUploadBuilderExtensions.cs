using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using DirectUpload.EntityFrameworkCore.Attachments;
using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register the Entity Framework Core record store.</summary>
public static class EntityFrameworkCoreDirectUploadBuilderExtensions
{
    /// <summary>
    /// Stores upload records in the application's database, in the table that
    /// <see cref="DirectUploadModelBuilderExtensions.UseDirectUploads"/> adds to its model.
    /// </summary>
    /// <remarks>
    /// Register the context with <c>AddDbContext</c>, <c>AddDbContextPool</c> or <c>AddDbContextFactory</c>. Each call uses a context of
    /// its own and never saves the application's changes in another.
    /// </remarks>
    /// <typeparam name="TContext">The application's context.</typeparam>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static DirectUploadBuilder UseEntityFrameworkCore<TContext>(this DirectUploadBuilder builder)
        where TContext : DbContext => AddStore<TContext>(builder, create: false);

    /// <summary>
    /// Stores upload records in a separate database, or in a separate table of a database, and creates the table if it is missing.
    /// </summary>
    /// <remarks>
    /// Any number of instances may start at once. On SQLite, the file's folder is created too, and write-ahead logging is enabled.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Configures the database: <c>o => o.UseSqlite("Data Source=uploads.db")</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/> or <paramref name="configure"/> is <see langword="null"/>.
    /// </exception>
    public static DirectUploadBuilder UseEntityFrameworkCore(this DirectUploadBuilder builder, Action<DbContextOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddPooledDbContextFactory<DirectUploadDbContext>(options => configure(options.ConfigureWarnings(LowerLogLevels)));
        return AddStore<DirectUploadDbContext>(builder, create: true);
    }

    // The worker's polling would log a line every five seconds, and failures are thrown and logged by the caller. The application can
    // change these levels.
    private static void LowerLogLevels(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.ExecutionStrategyRetrying, LogLevel.Debug));

    private static DirectUploadBuilder AddStore<TContext>(DirectUploadBuilder builder, bool create)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(new UploadTableInitializer<TContext>(create));
        builder.Services.TryAddSingleton<UploadSaveInterceptor>();
        builder.Services.ConfigureDbContext<TContext>(static (services, options) => AddInterceptor(
            options, services.GetRequiredService<UploadSaveInterceptor>()));
        builder.Services.TryAddSingleton<UploadDbContextFactory<TContext>>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UploadTableCheck<TContext>>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IUploadRecordStore, EntityFrameworkUploadRecordStore<TContext>>());
        return builder;
    }

    // The application may call UseEntityFrameworkCore() twice.
    private static void AddInterceptor(DbContextOptionsBuilder options, UploadSaveInterceptor interceptor)
    {
        if (options.Options.FindExtension<CoreOptionsExtension>()?.Interceptors?.Contains(interceptor) != true)
            options.AddInterceptors(interceptor);
    }
}
