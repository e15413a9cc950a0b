using DirectUpload.Diagnostics;
using DirectUpload.Observers;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Processing;

/// <summary>
/// Notifies event handlers of transitions, at least once each. It leases records by columns of its own, with places of its own, so it neither delays processing nor is delayed by it. A host
/// without event handlers dispatches nothing, and so leaves the queue to those that have some.
/// </summary>
internal sealed class NotificationDispatcher(
    IReadOnlyList<UploadObserver> observers, HandlerCalls calls, IUploadRecordStore store, Reachability reachability, TimeSpan lease, int parallelism, TimeProvider clock,
    ILogger<NotificationDispatcher> logger)
{
    // A record's transitions have times of their own, each at least 100 ns later than the one before: the last may lie that little ahead of the clock.
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>
    /// The record, queued for notification if a handler of this host has not been notified of all its transitions: a host without handlers, which did not queue it, may have taken them.
    /// </summary>
    public UploadRecord Queued(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        return observers.Any(observer => ToldSteps.Untold(record, observer.Name, now).Any()) ? record with { NotifyAt = now } : record;
    }

    /// <summary>Notifies until nothing is due.</summary>
    /// <returns>How many records had a handler notified.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (observers.Count == 0)
            return 0;
        using var places = new RunningSteps(parallelism, clock);
        try
        {
            while (await ClaimAsync(await places.FreeAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { Count: > 0 } leases)
                Begin(leases, places, cancellationToken);
        }
        finally
        {
            await places.AllAsync().ConfigureAwait(false);
        }

        return places.Taken;
    }

    /// <summary>Notifies as records become due, until stopped; then lets the calls under way end.</summary>
    /// <param name="idle">Waits for more, when nothing is due.</param>
    /// <param name="stopping">Begins no further calls.</param>
    /// <param name="abandoning">Interrupts the calls under way.</param>
    public async Task RunAsync(Func<TimeSpan, CancellationToken, Task> idle, CancellationToken stopping, CancellationToken abandoning)
    {
        if (observers.Count == 0)
            return;
        using var places = new RunningSteps(parallelism, clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var free = await places.FreeAsync(stopping).ConfigureAwait(false);
                var leases = await ClaimAsync(free, stopping).ConfigureAwait(false);
                reachability.Succeeded();
                Begin(leases, places, abandoning);
                if (leases.Count < free)
                    await idle(TimeSpan.Zero, stopping).ConfigureAwait(false);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception unavailable)
            {
                reachability.Failed(unavailable);
                await Task.Delay(reachability.Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await places.AllAsync().ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<NotificationLease>> ClaimAsync(int free, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow() + Ahead;
        return store.ClaimNotificationsAsync(now, now + lease, free, cancellationToken);
    }

    private void Begin(IReadOnlyList<NotificationLease> leases, RunningSteps places, CancellationToken cancellationToken)
    {
        foreach (var leased in leases)
            places.Begin(() => DispatchAsync(leased, cancellationToken));
    }

    private async Task<bool> DispatchAsync(NotificationLease leased, CancellationToken cancellationToken)
    {
        var record = leased.Record;
        var notified = await Task.WhenAll(observers.Select(observer => calls.NotifyAsync(observer, record, cancellationToken))).ConfigureAwait(false);
        UploadTold[] further = [.. notified.OfType<UploadTold>()];
        var after = record with { Told = further.Aggregate(record.Told, ToldSteps.With) };
        try
        {
            // Stored even when the host stops, or what was notified is notified again. A host that stops leaves the rest to others at once.
            await store.TrySaveNotificationsAsync(
                leased, after.Told, cancellationToken.IsCancellationRequested ? leased.NotifyAt : NextAt(after), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception unavailable)
        {
            logger.NotificationNotSaved(unavailable, record.Id);
        }

        return further.Length > 0;
    }

    // The longer a handler has failed, the later it is called again, up to an hour.
    private DateTimeOffset? NextAt(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        UploadTransition[] left = [.. observers.SelectMany(observer => ToldSteps.Untold(record, observer.Name, now))];
        if (left.Length == 0)
            return null;
        var pause = Math.Clamp((now - left.Min(step => step.At)).TotalSeconds / 2, 1, LongestPause.TotalSeconds);
        return now + TimeSpan.FromSeconds(pause * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
