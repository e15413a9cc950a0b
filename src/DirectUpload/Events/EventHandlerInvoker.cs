using DirectUpload.Diagnostics;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Events;

/// <summary>Calls one event handler for each transition of a record that it has not been notified of, in their order.</summary>
internal sealed class EventHandlerInvoker(
    IServiceScopeFactory scopes, UploadMetrics metrics, TimeSpan lease, TimeProvider clock, ILogger<EventHandlerInvoker> logger)
{
    /// <summary>The duration of the lease for a notification.</summary>
    public TimeSpan Lease => lease;

    /// <summary>Calls a handler for each pending transition, until it throws or half of the lease has passed.</summary>
    /// <returns>The time of the last transition that the handler was notified of; null when no call succeeded.</returns>
    public async Task<DateTimeOffset?> NotifyAsync(
        EventHandlerRegistration registration, UploadRecord record, CancellationToken cancellationToken)
    {
        DateTimeOffset? checkpoint = null;
        using var timeLimit = new CancellationTokenSource(lease / 2, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
        foreach (var transition in PendingTransitions.Get(record, registration.Name, clock.GetUtcNow()))
        {
            try
            {
                // A handler that ignores cancellation is abandoned, and is called again later.
                await InvokeAsync(registration, transition, record, linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
                checkpoint = transition.At;
                metrics.RecordEventHandlerCall(registration.Name, succeeded: true);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                metrics.RecordEventHandlerCall(registration.Name, succeeded: false);
                logger.EventHandlerFailed(exception, registration.Name, record.Id, transition.Status);
                break;
            }
        }

        return checkpoint;
    }

    private async Task InvokeAsync(
        EventHandlerRegistration registration, UploadTransition transition, UploadRecord record, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var activity = UploadActivities.Start(
            "Notify", record.Id, record.Profile)?.SetTag("directupload.event_handler", registration.Name);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var handler = registration.Create(scope.ServiceProvider);
            var upload = Upload.FromNotification(record, transition.At);
            await (transition.Status switch
            {
                UploadStatus.Uploaded => handler.OnConfirmedAsync(upload, cancellationToken),
                UploadStatus.Ready => handler.OnReadyAsync(upload, cancellationToken),
                UploadStatus.Rejected => handler.OnRejectedAsync(upload, cancellationToken),
                UploadStatus.Failed => handler.OnFailedAsync(upload, cancellationToken),
                UploadStatus.Expired => handler.OnExpiredAsync(upload, cancellationToken),
                UploadStatus.Aborted => handler.OnAbortedAsync(upload, cancellationToken),
                UploadStatus.Deleted => handler.OnDeletedAsync(upload, cancellationToken),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }
    }
}
