using DirectUpload.Concurrency;
using DirectUpload.Diagnostics;
using DirectUpload.Events;
using DirectUpload.Stores;
using DirectUpload.Worker;

namespace DirectUpload;

/// <summary>Processes the uploads that are due, and notifies event handlers.</summary>
/// <remarks>
/// <para>
/// The worker confirms unconfirmed uploads, processes and retries uploads, expires abandoned ones, deletes objects, and removes old
/// records.
/// </para>
/// <para>
/// Run it in a host with <c>AddWorker()</c>, or call <see cref="RunOnceAsync"/> from a scheduler (Lambda, Hangfire, cron). Any number of
/// workers can share a record store: one of them leases each record, and if it crashes, another takes over when the lease expires.
/// Instances are safe for concurrent use.
/// </para>
/// </remarks>
public sealed class UploadWorker
{
    private const int PurgeBatchSize = 1000;
    private const int MaxBacklogCount = 10_000;

    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(15);

    private readonly IUploadRecordStore _store;
    private readonly DueUploadProcessor _processor;
    private readonly EventDispatcher _dispatcher;
    private readonly AvailabilityTracker _availability;
    private readonly int _parallelism;
    private readonly UploadMetrics _metrics;
    private readonly TimeProvider _clock;
    private DateTimeOffset _backlogMeasuredAt;
    private long _lastPolledAt;
    private BoundedTaskRunner? _runner;

    internal UploadWorker(
        IUploadRecordStore store, DueUploadProcessor processor, EventDispatcher dispatcher, AvailabilityTracker availability,
        int parallelism, UploadMetrics metrics, TimeProvider clock)
    {
        _store = store;
        _processor = processor;
        _dispatcher = dispatcher;
        _availability = availability;
        _parallelism = parallelism;
        _metrics = metrics;
        _clock = clock;
    }

    /// <summary>Gets the time at which the worker of this process last polled the record store successfully.</summary>
    /// <value>The time, in UTC; null if it never did.</value>
    public DateTimeOffset? LastPolledAt =>
        Volatile.Read(ref _lastPolledAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Gets the number of uploads that the worker processes at once.</summary>
    internal int Parallelism => _parallelism;

    /// <summary>
    /// Gets the time since which the same attempts have occupied all slots of the running worker; null if a slot is free or no worker runs.
    /// </summary>
    internal DateTimeOffset? SaturatedSince => Volatile.Read(ref _runner)?.SaturatedSince;

    /// <summary>Processes all records that are due, and returns when no more are due.</summary>
    /// <remarks>Records that cannot be processed now are postponed; the method does not wait for them.</remarks>
    /// <param name="cancellationToken">
    /// Starts no more records and interrupts those that are being processed. A later call, in any process, resumes them.
    /// </param>
    /// <returns>The number of records that were changed, plus the number of records whose event handlers were notified.</returns>
    /// <exception cref="RecordStoreUnavailableException">The record store is unavailable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        using var steps = new BoundedTaskRunner(_parallelism, _clock);
        var notified = 0;
        try
        {
            int before;
            do
            {
                before = steps.SucceededCount + notified;
                notified += await _dispatcher.RunOnceAsync(cancellationToken).ConfigureAwait(false);
                while (true)
                {
                    var free = await steps.WaitForFreeSlotAsync(cancellationToken).ConfigureAwait(false);
                    var leased = await LeaseAsync(free, cancellationToken).ConfigureAwait(false);
                    if (leased.Count == 0)
                        break;
                    StartProcessing(leased, steps, cancellationToken);
                }

                // A processed record may be due for a notification now.
                await steps.WaitForAllAsync(CancellationToken.None).ConfigureAwait(false);
            }
            while (steps.SucceededCount + notified > before);
            await PurgeExpiredAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await steps.WaitForAllAsync(CancellationToken.None).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return steps.SucceededCount + notified;
    }

    /// <summary>Processes records as they become due, and notifies event handlers, until it is stopped.</summary>
    /// <param name="idle">Waits when no record is due.</param>
    /// <param name="idleNotifications">Waits when no notification is due.</param>
    /// <param name="stopping">Starts no more records; those that are being processed may finish.</param>
    /// <param name="abandoning">Interrupts the records that are being processed.</param>
    internal Task RunAsync(
        Func<TimeSpan, CancellationToken, Task> idle, Func<TimeSpan, CancellationToken, Task> idleNotifications,
        CancellationToken stopping, CancellationToken abandoning) =>
        Task.WhenAll(RunUploadsAsync(idle, stopping, abandoning), _dispatcher.RunAsync(idleNotifications, stopping, abandoning));

    private async Task RunUploadsAsync(
        Func<TimeSpan, CancellationToken, Task> idle, CancellationToken stopping, CancellationToken abandoning)
    {
        using var steps = new BoundedTaskRunner(_parallelism, _clock);
        Volatile.Write(ref _runner, steps);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var free = await steps.WaitForFreeSlotAsync(stopping).ConfigureAwait(false);
                var leased = await LeaseAsync(free, stopping, _processor.LeaseDelay).ConfigureAwait(false);
                StartProcessing(leased, steps, abandoning);
                await MeasureBacklogAsync(stopping).ConfigureAwait(false);
                if (leased.Count < free)
                {
                    await PurgeExpiredAsync(stopping).ConfigureAwait(false);
                    await idle(_availability.RetryDelay, stopping).ConfigureAwait(false);
                }
                else if (_availability.RetryDelay > TimeSpan.Zero)
                {
                    await Task.Delay(_availability.RetryDelay, _clock, stopping).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                _availability.ReportFailure(exception);
                await Task.Delay(_availability.RetryDelay, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await steps.WaitForAllAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<UploadRecord>> LeaseAsync(int free, CancellationToken cancellationToken, TimeSpan grace = default)
    {
        var now = _clock.GetUtcNow();
        var leased = await _store.LeaseDueAsync(now - grace, now + _processor.LeaseDuration, free, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastPolledAt, now.UtcTicks);
        return leased;
    }

    private async Task MeasureBacklogAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (!_metrics.IsBacklogObserved || now - _backlogMeasuredAt < BacklogInterval)
            return;
        _backlogMeasuredAt = now;
        var due = await _store.GetBacklogAsync(now, MaxBacklogCount, cancellationToken).ConfigureAwait(false);
        _metrics.RecordBacklog(due.Count, due.Oldest, now);
    }

    private void StartProcessing(IReadOnlyList<UploadRecord> leased, BoundedTaskRunner steps, CancellationToken cancellationToken)
    {
        foreach (var record in leased)
            steps.Start(() => _processor.ExecuteAsync(record, cancellationToken));
    }

    private async Task PurgeExpiredAsync(CancellationToken cancellationToken)
    {
        while (await _store.PurgeExpiredAsync(_clock.GetUtcNow(), PurgeBatchSize, cancellationToken).ConfigureAwait(false)
            == PurgeBatchSize)
        {
            // Repeats until no expired record is left.
        }
    }
}
