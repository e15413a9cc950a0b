using DirectUpload.Health;
using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Checks whether uploads can be granted and finished.</summary>
/// <remarks>
/// The check signs, writes, reads and deletes a probe object in every bucket, reads the record store, and verifies that a worker processes
/// due records. The report is cached for 15 seconds. Instances are safe for concurrent use.
/// </remarks>
public sealed class UploadHealth : IDisposable
{
    private const int MaxBacklogCount = 10_000;

    private static readonly TimeSpan ReportCacheDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxOverdueTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxSaturationTime = TimeSpan.FromMinutes(15);

    private readonly IUploadRecordStore _store;
    private readonly UnreadableRecords _unreadable;
    private readonly UploadWorker _worker;
    private readonly TimeSpan? _workerPollInterval;
    private readonly BucketChecks _buckets;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _createdAt;
    private readonly SemaphoreSlim _checkLock = new(1);
    private (DateTimeOffset At, UploadHealthReport Report)? _cachedReport;

    internal UploadHealth(
        IUploadRecordStore store, UnreadableRecords unreadable, UploadWorker worker, TimeSpan? workerPollInterval, BucketChecks buckets,
        TimeProvider clock)
    {
        _store = store;
        _unreadable = unreadable;
        _worker = worker;
        _workerPollInterval = workerPollInterval;
        _buckets = buckets;
        _clock = clock;
        _createdAt = clock.GetUtcNow();
    }

    /// <summary>Runs the checks, or returns a report that is at most 15 seconds old.</summary>
    /// <remarks>The checks take at most about 10 seconds.</remarks>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The report. Errors of the checks are part of the report; they are not thrown.</returns>
    public async Task<UploadHealthReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        await _checkLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_cachedReport is not { } last || _clock.GetUtcNow() - last.At >= ReportCacheDuration)
                _cachedReport = last = (_clock.GetUtcNow(), await RunChecksAsync(cancellationToken).ConfigureAwait(false));
            return last.Report;
        }
        finally
        {
            _checkLock.Release();
        }
    }

    /// <summary>Releases the resources of this instance.</summary>
    public void Dispose() => _checkLock.Dispose();

    private async Task<UploadHealthReport> RunChecksAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        (int Count, DateTimeOffset? Oldest) due = default;
        var checks = _buckets.All
            .Select(check => TryCheckAsync($"bucket {check.Bucket}", () => check.FindIssuesAsync(linked.Token), cancellationToken))
            .ToList();
        checks.Add(TryCheckAsync("store", async () =>
        {
            await _store.FindAsync(UploadId.Create(_clock.GetUtcNow()), linked.Token).ConfigureAwait(false);
            due = await _store.GetBacklogAsync(_clock.GetUtcNow(), MaxBacklogCount, linked.Token).ConfigureAwait(false);
            return [];
        }, cancellationToken));
        var issues = (await Task.WhenAll(checks).ConfigureAwait(false)).SelectMany(found => found).ToList();
        if (FindWorkerIssue(due) is { } workerIssue)
            issues.Add(workerIssue);
        if (_unreadable.Ids is { Count: > 0 } ids)
        {
            var detail = $"{ids.Count} records cannot be read by this version and were set aside, such as {ids.First()}: "
                + "upgrade the application, or repair the records.";
            issues.Add(new("records", detail, null, IsDegradation: true));
        }
        return new UploadHealthReport
        {
            Failures = [.. issues.Where(issue => !issue.IsDegradation).Select(issue => $"{issue.Component}: {issue.Detail}")],
            Degradations = [.. issues.Where(issue => issue.IsDegradation).Select(issue => $"{issue.Component}: {issue.Detail}")],
            Exception = issues.Select(issue => issue.Exception).FirstOrDefault(exception => exception is not null),
            BacklogCount = due.Count,
            OldestDueAt = due.Oldest,
            WorkerLastPolledAt = _worker.LastPolledAt,
        };
    }

    private UploadHealthIssue? FindWorkerIssue((int Count, DateTimeOffset? Oldest) due)
    {
        var now = _clock.GetUtcNow();
        if (_worker.SaturatedSince is { } saturatedSince && now - saturatedSince > MaxSaturationTime && now - due.Oldest > MaxOverdueTime)
        {
            var detail = $"All {_worker.Parallelism} slots of this host's worker have been busy with the same attempts for at least "
                + $"{now - saturatedSince:g}, and {due.Count} records wait: a processor hangs, or Parallelism is too low.";
            return new("worker", detail, null);
        }

        var sincePoll = now - (_worker.LastPolledAt ?? _createdAt);
        if (_workerPollInterval is { } interval && sincePoll > (3 * interval) + TimeSpan.FromMinutes(1))
            return new("worker", $"The worker of this host has not polled the record store for {sincePoll:g}.", null, IsDegradation: true);
        if (now - due.Oldest is not { } overdue || overdue <= MaxOverdueTime)
            return null;
        var overdueDetail = $"{due.Count} records are due, the oldest for {overdue:g}, and no worker processes them: "
            + "call AddWorker() in a host, or raise Parallelism.";
        return new("worker", overdueDetail, null, IsDegradation: true);
    }

    private static async Task<IReadOnlyList<UploadHealthIssue>> TryCheckAsync(
        string component, Func<Task<IReadOnlyList<UploadHealthIssue>>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var detail = exception is OperationCanceledException
                ? $"The check did not finish within {CheckTimeout.TotalSeconds:0} seconds."
                : exception.Message;
            return [new UploadHealthIssue(component, detail, exception)];
        }
    }
}
