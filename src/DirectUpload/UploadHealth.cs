using DirectUpload.Processing;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>
/// Looks whether uploads can be granted and finished here, by doing it: signs, writes, reads and deletes a probe in every bucket, asks the store, and looks whether a worker does what is due. What was found is
/// kept for 15 seconds, however often it is asked. Safe for concurrent use.
/// </summary>
public sealed class UploadHealth : IDisposable
{
    private const int MostCounted = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOverdue = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestHeld = TimeSpan.FromMinutes(15);

    private readonly IUploadRecordStore _store;
    private readonly UnreadableRecords _unreadable;
    private readonly UploadWorker _worker;
    private readonly TimeSpan? _workerLooksEach;
    private readonly BucketChecks _buckets;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _since;
    private readonly SemaphoreSlim _turn = new(1);
    private (DateTimeOffset At, UploadHealthReport Report)? _last;

    internal UploadHealth(IUploadRecordStore store, UnreadableRecords unreadable, UploadWorker worker, TimeSpan? workerLooksEach, BucketChecks buckets, TimeProvider clock)
    {
        _store = store;
        _unreadable = unreadable;
        _worker = worker;
        _workerLooksEach = workerLooksEach;
        _buckets = buckets;
        _clock = clock;
        _since = clock.GetUtcNow();
    }

    /// <summary>Looks, or answers what was found within the last 15 seconds. Takes at most about 10 seconds.</summary>
    public async Task<UploadHealthReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is not { } last || _clock.GetUtcNow() - last.At >= Kept)
                _last = last = (_clock.GetUtcNow(), await LookAsync(cancellationToken).ConfigureAwait(false));
            return last.Report;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Releases what it holds.</summary>
    public void Dispose() => _turn.Dispose();

    private async Task<UploadHealthReport> LookAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        DueUploads due = default;
        var looks = _buckets.All.Select(check => TryAsync($"bucket {check.Bucket}", () => check.FindFaultsAsync(ending.Token), cancellationToken)).ToList();
        looks.Add(TryAsync("store", async () =>
        {
            await _store.FindAsync(UploadId.New(_clock.GetUtcNow()), ending.Token).ConfigureAwait(false);
            due = await _store.MeasureDueAsync(_clock.GetUtcNow(), MostCounted, ending.Token).ConfigureAwait(false);
            return [];
        }, cancellationToken));
        var faults = (await Task.WhenAll(looks).ConfigureAwait(false)).SelectMany(found => found).ToList();
        if (FindWorkerFault(due) is { } still)
            faults.Add(still);
        if (_unreadable.Ids is { Count: > 0 } ids)
            faults.Add(new("records", $"{ids.Count} records cannot be read by this version and were set aside, such as {ids.First()}: upgrade the application, or repair the rows.", null) { IsDegradation = true });
        return new UploadHealthReport(faults, due, _worker.LookedAt);
    }

    private UploadHealthFault? FindWorkerFault(DueUploads due)
    {
        var now = _clock.GetUtcNow();
        if (_worker.HeldSince is { } held && now - held > LongestHeld && now - due.Oldest > LongestOverdue)
        {
            return new(
                "worker", $"All {_worker.Places} places of this host's worker are held by attempts that began at least {now - held:g} ago, and {due.Count} records wait: a processor hangs, or Parallelism is too low.", null);
        }

        if (_workerLooksEach is { } each && now - (_worker.LookedAt ?? _since) > (3 * each) + TimeSpan.FromMinutes(1))
            return new("worker", $"The worker of this host has not asked the store for {now - (_worker.LookedAt ?? _since):g}.", null) { IsDegradation = true };
        return now - due.Oldest > LongestOverdue
            ? new("worker", $"{due.Count} records are due, the oldest for {now - due.Oldest:g}, and no worker takes them: call AddWorker() in a host, or give it more Parallelism.", null) { IsDegradation = true }
            : null;
    }

    private static async Task<IReadOnlyList<UploadHealthFault>> TryAsync(string part, Func<Task<IReadOnlyList<UploadHealthFault>>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look().ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return [new UploadHealthFault(part, fault is OperationCanceledException ? "No answer came in time." : fault.Message, fault)];
        }
    }
}

/// <summary>What was found.</summary>
/// <param name="Faults">What does not work; empty when all does.</param>
/// <param name="Due">What waits for a worker.</param>
/// <param name="WorkerLookedAt">When the worker of this process last asked what is due, in UTC; null when it never did.</param>
public sealed record UploadHealthReport(IReadOnlyList<UploadHealthFault> Faults, DueUploads Due, DateTimeOffset? WorkerLookedAt);

/// <summary>Something that does not work.</summary>
/// <param name="Part"><c>store</c>, <c>worker</c>, <c>records</c> (some cannot be read), or <c>bucket NAME</c>.</param>
/// <param name="Detail">What was found, for people.</param>
/// <param name="Exception">What was thrown, if anything was.</param>
public sealed record UploadHealthFault(string Part, string Detail, Exception? Exception)
{
    /// <summary>Gets whether uploads work all the same, with less than the profiles ask for or later: a reason to report degraded, not unhealthy.</summary>
    public bool IsDegradation { get; init; }
}
