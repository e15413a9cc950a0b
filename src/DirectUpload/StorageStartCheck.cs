using DirectUpload.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload;

/// <summary>Checks the buckets once after the start, where that is wanted: a mistake in the configuration shows before the first upload does.</summary>
internal sealed class StorageStartCheck(
    IServiceProvider services, IOptions<DirectUploadOptions> options, ILogger<StorageStartCheck> logger, IHostEnvironment? environment) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _checking = Task.CompletedTask;

    // Not before: the storage may be part of this host, as LocalS3 is.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.CheckStorageAtStart ?? environment?.IsDevelopment() == true)
            _checking = Task.Run(() => CheckAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _checking.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task CheckAsync(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            foreach (var check in services.GetRequiredService<BucketChecks>().All)
            {
                var faults = await check.FindFaultsAsync(ending.Token).ConfigureAwait(false);
                // A refusal has been logged where it was met.
                foreach (var fault in faults.Where(fault => fault.Exception is not Storage.StorageRefusedException))
                    logger.StartCheckFailed(check.Bucket, fault.Detail);
                if (faults.Count == 0)
                    logger.StartCheckSucceeded(check.Bucket);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The host stops before its buckets were checked.
        }
        catch (Exception failure)
        {
            logger.StartCheckFailed("(all)", failure.Message);
        }
    }
}
