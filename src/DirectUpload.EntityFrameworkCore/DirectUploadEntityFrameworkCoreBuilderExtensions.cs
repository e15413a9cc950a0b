using DirectUpload.DependencyInjection;
using DirectUpload.EntityFrameworkCore;
using DirectUpload.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps upload records by Entity Framework Core.</summary>
public static class DirectUploadEntityFrameworkCoreBuilderExtensions
{
    /// <summary>
    /// Keeps records in the application's own database, in the table that <see cref="DirectUploadModelBuilderExtensions.UseDirectUploads"/> adds to its model. The context may be registered by
    /// <c>AddDbContext</c>, <c>AddDbContextPool</c> or <c>AddDbContextFactory</c>; each call takes one of its own and never saves what the application has changed in another.
    /// </summary>
    /// <typeparam name="TContext">The application's context.</typeparam>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    public static DirectUploadBuilder UseEntityFrameworkCore<TContext>(this DirectUploadBuilder builder)
        where TContext : DbContext => Use<TContext>(builder, create: false);

    /// <summary>
    /// Keeps records in a database of their own, or in a table beside others that Entity Framework Core knows nothing of; the table is created when it is missing, however
    /// many instances start at once. On SQLite the file's folder is created, too, and the write-ahead log switched on.
    /// </summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Which database: <c>o => o.UseSqlite("Data Source=uploads.db")</c>.</param>
    public static DirectUploadBuilder UseEntityFrameworkCore(this DirectUploadBuilder builder, Action<DbContextOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddPooledDbContextFactory<DirectUploadDbContext>(options => configure(options.ConfigureWarnings(Quiet)));
        return Use<DirectUploadDbContext>(builder, create: true);
    }

    // The worker's look for work is not worth a line every five seconds, and what fails is thrown, and logged by its caller. The application may have it otherwise.
    private static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.ExecutionStrategyRetrying, LogLevel.Debug));

    private static DirectUploadBuilder Use<TContext>(DirectUploadBuilder builder, bool create)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(new UploadTable<TContext>(create));
        builder.Services.TryAddSingleton<UploadContexts<TContext>>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UploadTableCheck<TContext>>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore, EntityFrameworkUploadRecordStore<TContext>>());
        return builder;
    }
}
