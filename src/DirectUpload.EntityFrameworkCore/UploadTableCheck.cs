using DirectUpload.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>
/// Reports when the host starts, rather than at the first upload, that the table is missing in the model or that its migration was not applied; and creates the table, where that was asked for.
/// A database that is unavailable does not keep the host from starting.
/// </summary>
internal sealed partial class UploadTableCheck<TContext>(UploadContexts<TContext> contexts, ILoggerFactory? loggers = null) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EngineCall.RunAsync(
                async ending =>
                {
                    var lease = await contexts.ToReadAsync(ending).ConfigureAwait(false);
                    await using (lease.ConfigureAwait(false))
                        await UploadTable<TContext>.CheckAsync(lease.Context, ending).ConfigureAwait(false);
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

    [LoggerMessage(1, LogLevel.Warning, "Database of {Context} is unavailable, so the table of upload records was not checked; uploads work once the database does")]
    private static partial void NotChecked(ILogger logger, Exception exception, string context);
}
