using DirectUpload.Diagnostics;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Processing;

/// <summary>
/// Does what is due: uploads that nobody confirmed, processing and retries, expiry, objects to be deleted, records to be retired; and notifies event handlers. Run it in a host with <c>AddWorker()</c>, or call
/// <see cref="RunOnceAsync"/> from a scheduler (Lambda, Hangfire, cron). Any number may run at once on one store: each step is claimed by one of them, and
/// when that one dies, another takes over as soon as its lease has run out. Safe for concurrent use.
/// </summary>
public sealed class UploadWorker
{
    private const int RetiredAtOnce = 1000;
    private const int MostMeasured = 10_000;

    private static readonly TimeSpan MeasuredEach = TimeSpan.FromSeconds(15);

    private readonly IUploadRecordStore _store;
    private readonly UploadSteps _steps;
    private readonly NotificationDispatcher _notifications;
    private readonly Reachability _reachability;
    private readonly ProcessingLimits _limits;
    private readonly int _parallelism;
    private readonly UploadMetrics _metrics;
    private readonly TimeProvider _clock;
    private DateTimeOffset _measuredAt;
    private long _lookedAt;
    private RunningSteps? _running;

    internal UploadWorker(
        IUploadRecordStore store, UploadSteps steps, NotificationDispatcher notifications, Reachability reachability, ProcessingLimits limits, int parallelism, UploadMetrics metrics, TimeProvider clock)
    {
        _store = store;
        _steps = steps;
        _notifications = notifications;
        _reachability = reachability;
        _limits = limits;
        _parallelism = parallelism;
        _metrics = metrics;
        _clock = clock;
    }

    /// <summary>When the worker of this process last asked the store what is due, and was answered, in UTC; null when it never did.</summary>
    public DateTimeOffset? LookedAt => Volatile.Read(ref _lookedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>How many uploads it works on at once.</summary>
    internal int Places => _parallelism;

    /// <summary>Since when all places of the running worker have been held by the same attempts; null when one is free, or none runs.</summary>
    internal DateTimeOffset? HeldSince => Volatile.Read(ref _running)?.HeldSince;

    /// <summary>Works off what is due, until nothing is. What can't take its step now is postponed, and not waited for.</summary>
    /// <param name="cancellationToken">Begins no further steps, and interrupts those under way; what was interrupted is taken up again later, by whoever runs then.</param>
    /// <returns>How many records took a step or had an event handler notified; a record counts once for each.</returns>
    /// <exception cref="Exception">The store could not be asked what is due.</exception>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        using var steps = new RunningSteps(_parallelism, _clock);
        var notified = 0;
        try
        {
            int before;
            do
            {
                before = steps.Taken + notified;
                notified += await _notifications.RunOnceAsync(cancellationToken).ConfigureAwait(false);
                while (await ClaimAsync(await steps.FreeAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { Count: > 0 } claimed)
                    Begin(claimed, steps, cancellationToken);
                // A step may have queued its record for notification.
                await steps.AllAsync().ConfigureAwait(false);
            }
            while (steps.Taken + notified > before);
            await RetireAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await steps.AllAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return steps.Taken + notified;
    }

    /// <summary>Works off what is due, as it becomes due, until told to stop; then lets the steps under way end. Notifies event handlers beside that.</summary>
    /// <param name="idle">Waits for more, when nothing is due.</param>
    /// <param name="idleNotifications">Waits for more, when no handler is to be notified.</param>
    /// <param name="stopping">Begins no further steps.</param>
    /// <param name="abandoning">Interrupts the steps under way.</param>
    internal Task RunAsync(
        Func<TimeSpan, CancellationToken, Task> idle, Func<TimeSpan, CancellationToken, Task> idleNotifications, CancellationToken stopping, CancellationToken abandoning) =>
        Task.WhenAll(RunStepsAsync(idle, stopping, abandoning), _notifications.RunAsync(idleNotifications, stopping, abandoning));

    private async Task RunStepsAsync(Func<TimeSpan, CancellationToken, Task> idle, CancellationToken stopping, CancellationToken abandoning)
    {
        using var steps = new RunningSteps(_parallelism, _clock);
        Volatile.Write(ref _running, steps);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var free = await steps.FreeAsync(stopping).ConfigureAwait(false);
                var claimed = await ClaimAsync(free, stopping, _steps.Grace).ConfigureAwait(false);
                Begin(claimed, steps, abandoning);
                await MeasureAsync(stopping).ConfigureAwait(false);
                if (claimed.Count < free)
                {
                    await RetireAsync(stopping).ConfigureAwait(false);
                    await idle(_reachability.Pause, stopping).ConfigureAwait(false);
                }
                else if (_reachability.Pause > TimeSpan.Zero)
                {
                    await Task.Delay(_reachability.Pause, _clock, stopping).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception outage)
            {
                _reachability.Failed(outage);
                await Task.Delay(_reachability.Pause, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await steps.AllAsync().ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<UploadRecord>> ClaimAsync(int free, CancellationToken cancellationToken, TimeSpan grace = default)
    {
        var now = _clock.GetUtcNow();
        var claimed = await _store.ClaimDueAsync(now - grace, now + _limits.Lease, free, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lookedAt, now.UtcTicks);
        return claimed;
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (!_metrics.WantsQueue || now - _measuredAt < MeasuredEach)
            return;
        _measuredAt = now;
        var due = await _store.MeasureDueAsync(now, MostMeasured, cancellationToken).ConfigureAwait(false);
        _metrics.Queued(due.Count, due.Oldest, now);
    }

    private void Begin(IReadOnlyList<UploadRecord> claimed, RunningSteps steps, CancellationToken cancellationToken)
    {
        foreach (var record in claimed)
            steps.Begin(() => _steps.TakeAsync(record, cancellationToken));
    }

    private async Task RetireAsync(CancellationToken cancellationToken)
    {
        while (await _store.RetireAsync(_clock.GetUtcNow(), RetiredAtOnce, cancellationToken).ConfigureAwait(false) == RetiredAtOnce)
        {
            // Until none are left.
        }
    }
}
