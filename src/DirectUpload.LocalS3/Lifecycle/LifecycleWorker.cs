using DirectUpload.Diagnostics;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Storage;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>
/// Applies the buckets' rules at every midnight, UTC, by the server's clock, which is when objects expire; and at the start, for the
/// midnights at which no server ran.
/// </summary>
internal sealed class LifecycleWorker : IAsyncDisposable
{
    // What S3 itself writes into the events of its own doing.
    private static readonly EventOrigin Origin = new("s3.amazonaws.com", "s3.amazonaws.com", "");

    private readonly ObjectStore _store;
    private readonly TimeProvider _clock;
    private readonly EventPublisher _events;
    private readonly ILogger _logger;
    private readonly Lock _run = new();
    private readonly ITimer _timer;

    public LifecycleWorker(ObjectStore store, TimeProvider clock, EventPublisher events, ILogger logger)
    {
        _store = store;
        _clock = clock;
        _events = events;
        _logger = logger;
        _timer = clock.CreateTimer(_ => OnMidnight(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start() => OnMidnight();

    /// <summary>Removes what has expired by now. One run at a time; a second waits for the first.</summary>
    public void Run()
    {
        lock (_run)
            foreach (var bucket in _store.Buckets)
                Expire(bucket);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void OnMidnight()
    {
        try
        {
            Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next midnight tries again.
            _logger.LifecycleFailed(e);
        }
        var now = _clock.GetUtcNow();
        _timer.Change(LifecycleDay.After(now, 0) - now, Timeout.InfiniteTimeSpan);
    }

    private void Expire(Bucket bucket)
    {
        if (bucket.State.Lifecycle is not { } rules)
            return;
        var now = _clock.GetUtcNow();
        foreach (var current in bucket.Objects.Values)
        {
            if (LifecycleExpiry.Of(current, rules) is { } expiry && expiry.At <= now)
                Tell(bucket, bucket.Expire(current, now), expiry.RuleId);
        }
        foreach (var versions in bucket.Contents.Versions.Values)
        {
            foreach (var (version, ruleId) in NoncurrentExpiry.Of(versions, rules, now))
                Tell(bucket, bucket.ExpireVersion(version, now), ruleId);
        }
        foreach (var upload in bucket.Uploads.InOrder())
        {
            if (rules.Any(rule => rule.AbortionOf(upload.Stored.Key, upload.Stored.Initiated) <= now))
                bucket.Uploads.TryAbort(upload.Stored.Key, upload.Stored.Id);
        }
    }

    // Null when it was another that was found expired: a PUT that came in between has begun a new life.
    private void Tell(Bucket bucket, StoredObject? deleted, string ruleId)
    {
        if (deleted is null)
            return;
        _logger.Expired(bucket.Name, LogText.Sanitize(deleted.Key, LogText.Key), LogText.Sanitize(ruleId));
        var isNewMarker = deleted.IsDeleteMarker && ReferenceEquals(bucket.Contents.Newest(deleted.Key), deleted);
        _events.Publish(bucket, isNewMarker ? EventName.ExpiredByMarker : EventName.Expired, deleted, Origin);
    }
}
