using DirectUpload.Diagnostics;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Observers;

/// <summary>Calls one event handler for each transition of a record that it has not been notified of, in their order.</summary>
internal sealed class HandlerCalls(IServiceScopeFactory scopes, UploadMetrics metrics, TimeSpan lease, TimeProvider clock, ILogger<HandlerCalls> logger)
{
    /// <summary>Notifies a handler until it throws, or half of the lease is over.</summary>
    /// <returns>How far the handler was notified; null when no call succeeded.</returns>
    public async Task<UploadTold?> NotifyAsync(UploadObserver observer, UploadRecord record, CancellationToken cancellationToken)
    {
        UploadTold? until = null;
        using var patience = new CancellationTokenSource(lease / 2, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        foreach (var step in ToldSteps.Untold(record, observer.Name, clock.GetUtcNow()))
        {
            try
            {
                // A handler that ignores its cancellation is left behind; it will be called once more.
                await CallAsync(observer, step.Status, record, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
                until = new UploadTold(observer.Name, step.At);
                metrics.Told(observer.Name, succeeded: true);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                metrics.Told(observer.Name, succeeded: false);
                logger.ObserverThrew(fault, observer.Name, record.Id, step.Status);
                break;
            }
        }

        return until;
    }

    private async Task CallAsync(UploadObserver observer, UploadStatus step, UploadRecord record, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var activity = UploadActivities.Start("Tell", record.Id, record.Profile)?.SetTag("directupload.observer", observer.Name);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var handler = observer.Create(scope.ServiceProvider);
            await (step switch
            {
                UploadStatus.Uploaded => handler.ConfirmedAsync(record, cancellationToken),
                UploadStatus.Ready => handler.ReadyAsync(record, cancellationToken),
                UploadStatus.Rejected => handler.RejectedAsync(record, cancellationToken),
                UploadStatus.Failed => handler.FailedAsync(record, cancellationToken),
                UploadStatus.Expired => handler.ExpiredAsync(record, cancellationToken),
                UploadStatus.Aborted => handler.AbortedAsync(record, cancellationToken),
                UploadStatus.Deleted => handler.DeletedAsync(record, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }
    }
}
