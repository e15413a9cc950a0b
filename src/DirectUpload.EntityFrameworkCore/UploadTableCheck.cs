using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Says when the host starts, rather than at the first upload, that the table is missing in the model; and creates it, where that was asked for.</summary>
internal sealed class UploadTableCheck<TContext>(UploadContexts<TContext> contexts) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        await lease.DisposeAsync().ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
