using DirectUpload.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.Health;

/// <summary>Checks the buckets once after the host has started, so that configuration errors are logged before the first upload.</summary>
internal sealed class StorageStartCheck(
    IServiceProvider services, IOptions<DirectUploadOptions> options, ILogger<StorageStartCheck> logger,
    IHostEnvironment? environment = null) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _checking = Task.CompletedTask;

    // Not earlier: the host itself may run the storage, as with LocalS3.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.CheckStorageOnStart ?? environment?.IsDevelopment() == true)
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
        using var timeout = new CancellationTokenSource(CheckTimeout, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            foreach (var check in services.GetRequiredService<BucketChecks>().All)
            {
                var issues = await check.FindIssuesAsync(ending.Token).ConfigureAwait(false);
                // A refusal is already logged when it occurs.
                foreach (var issue in issues.Where(issue => issue.Exception is not DirectUpload.StorageRefusedException))
                    logger.StartCheckFailed(check.Bucket, issue.Detail);
                if (issues.Count == 0)
                    logger.StartCheckSucceeded(check.Bucket);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The host stopped before its buckets were checked.
        }
        catch (Exception failure)
        {
            logger.StartCheckFailed("(all)", failure.Message);
        }
    }
}
