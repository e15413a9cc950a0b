using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Events;

/// <summary>Notifies event handlers of status transitions, at least once each.</summary>
/// <remarks>
/// Dispatch has its own lease columns and its own concurrency, so dispatch and processing do not delay each other. A host without event
/// handlers leases no record for dispatch and leaves it to the hosts that have handlers.
/// </remarks>
internal sealed class EventDispatcher(
    IReadOnlyList<EventHandlerRegistration> handlers, EventHandlerInvoker invoker, IUploadRecordStore store,
    AvailabilityTracker availability, int parallelism, TimeProvider clock,
    ILogger<EventDispatcher> logger)
{
    // The transitions of a record have different times, each at least 100 ns after the one before, so the last may be slightly in the
    // future.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromHours(1);

    /// <summary>Notifies until no record is due.</summary>
    /// <returns>The number of records for which a handler was notified.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (handlers.Count == 0)
            return 0;
        using var slots = new BoundedTaskRunner(parallelism, clock);
        try
        {
            while (await LeaseAsync(
                await slots.WaitForFreeSlotAsync(cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false) is { Count: > 0 } leases)
                StartDispatch(leases, slots, cancellationToken);
        }
        finally
        {
            await slots.WaitForAllAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return slots.SucceededCount;
    }

    /// <summary>Notifies as records become due, until the host stops; then waits for the running calls.</summary>
    /// <param name="idle">Waits for due records, when there are none.</param>
    /// <param name="stopping">Prevents further calls from starting.</param>
    /// <param name="abandoning">Cancels the running calls.</param>
    public async Task RunAsync(Func<TimeSpan, CancellationToken, Task> idle, CancellationToken stopping, CancellationToken abandoning)
    {
        if (handlers.Count == 0)
            return;
        using var slots = new BoundedTaskRunner(parallelism, clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var free = await slots.WaitForFreeSlotAsync(stopping).ConfigureAwait(false);
                var leases = await LeaseAsync(free, stopping).ConfigureAwait(false);
                availability.ReportSuccess();
                StartDispatch(leases, slots, abandoning);
                if (leases.Count < free)
                    await idle(TimeSpan.Zero, stopping).ConfigureAwait(false);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception unavailable)
            {
                availability.ReportFailure(unavailable);
                await Task.Delay(availability.RetryDelay, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await slots.WaitForAllAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<NotificationLease>> LeaseAsync(int free, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow() + ClockTolerance;
        return store.LeaseNotificationsAsync(now, now + invoker.Lease, free, cancellationToken);
    }

    private void StartDispatch(IReadOnlyList<NotificationLease> leases, BoundedTaskRunner slots, CancellationToken cancellationToken)
    {
        foreach (var lease in leases)
            slots.Start(() => DispatchAsync(lease, cancellationToken));
    }

    private async Task<bool> DispatchAsync(NotificationLease lease, CancellationToken cancellationToken)
    {
        var record = lease.Record;
        var notified = await Task.WhenAll(
            handlers.Select(handler => invoker.NotifyAsync(handler, record, cancellationToken))).ConfigureAwait(false);
        KeyValuePair<string, DateTimeOffset>[] checkpoints =
            [.. handlers.Zip(notified).Where(pair => pair.Second is not null)
                .Select(pair => KeyValuePair.Create(pair.First.Name, pair.Second!.Value))];
        var after = record with
        {
            NotificationCheckpoints = PendingTransitions.MergeCheckpoints(record.NotificationCheckpoints, checkpoints),
        };
        try
        {
            // The checkpoints are stored even when the host stops; otherwise, the handlers would be notified again. A stopping host leaves
            // the remaining transitions to other hosts immediately.
            await store.TrySaveCheckpointsAsync(
                lease, after.NotificationCheckpoints, cancellationToken.IsCancellationRequested ? lease.NotifyAt : GetNextRetryAt(after),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception unavailable)
        {
            logger.CheckpointSaveFailed(unavailable, record.Id);
        }

        return checkpoints.Length > 0;
    }

    // The delay grows with the age of the oldest pending transition, up to an hour.
    private DateTimeOffset? GetNextRetryAt(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        UploadTransition[] pending = [.. handlers.SelectMany(handler => PendingTransitions.Get(record, handler.Name, now))];
        if (pending.Length == 0)
            return null;
        var delay = Math.Clamp((now - pending.Min(step => step.At)).TotalSeconds / 2, 1, MaxRetryDelay.TotalSeconds);
        return now + TimeSpan.FromSeconds(delay * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
