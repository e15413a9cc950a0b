using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Reports at the host's start that the table is missing in the model or in the database, and creates the table if configured.
/// </summary>
/// <remarks>An unavailable database does not prevent the host from starting.</remarks>
internal sealed partial class UploadTableCheck<TContext>(
    UploadDbContextFactory<TContext> contexts, ILoggerFactory? loggers = null) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseCall.RunAsync(
                async ending =>
                {
                    var lease = await contexts.RentReadAsync(ending).ConfigureAwait(false);
                    await using (lease.ConfigureAwait(false))
                        await UploadTableInitializer<TContext>.CheckAsync(lease.Context, ending).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RecordStoreUnavailableException unavailable)
        {
            if (loggers?.CreateLogger("DirectUpload.EntityFrameworkCore") is { } logger)
                NotChecked(logger, unavailable, typeof(TContext).Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning,
        "Database of {Context} was unavailable; the table of upload records was not checked, and uploads fail until it is available")]
    private static partial void NotChecked(ILogger logger, Exception exception, string context);
}
