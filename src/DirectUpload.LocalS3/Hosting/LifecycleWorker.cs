using DirectUpload.Diagnostics;
using DirectUpload.LocalS3.Diagnostics;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>
/// Applies the buckets' lifecycle rules at every midnight, UTC, by the server's clock, and at the start for missed midnights.
/// </summary>
internal sealed class LifecycleWorker : IAsyncDisposable
{
    // S3 writes these values into the events of its own actions.
    private static readonly EventOrigin LifecycleOrigin = new("s3.amazonaws.com", "s3.amazonaws.com", "");

    private readonly ObjectStore _store;
    private readonly TimeProvider _clock;
    private readonly EventPublisher _events;
    private readonly ILogger _logger;
    private readonly Lock _runLock = new();
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

    /// <summary>Removes expired objects; a second run waits for the first.</summary>
    public void ApplyRules()
    {
        lock (_runLock)
            foreach (var bucket in _store.Buckets)
                Expire(bucket);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void OnMidnight()
    {
        try
        {
            ApplyRules();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next midnight retries.
            _logger.LifecycleFailed(e);
        }
        var now = _clock.GetUtcNow();
        _timer.Change(LifecycleDay.GetMidnightAfter(now, 0) - now, Timeout.InfiniteTimeSpan);
    }

    private void Expire(Bucket bucket)
    {
        if (bucket.State.Lifecycle is not { } rules)
            return;
        var now = _clock.GetUtcNow();
        foreach (var current in bucket.Objects.Values)
        {
            if (LifecycleExpiration.Find(current, rules) is { } expiry && expiry.At <= now)
                PublishExpiration(bucket, bucket.Expire(current, now), expiry.RuleId);
        }
        foreach (var versions in bucket.Contents.Versions.Values)
        {
            foreach (var (version, ruleId) in NoncurrentVersionExpiration.GetExpired(versions, rules, now))
                PublishExpiration(bucket, bucket.ExpireVersion(version, now), ruleId);
        }
        foreach (var upload in bucket.Uploads.GetOrdered())
        {
            if (rules.Any(rule => rule.GetAbortTime(upload.Stored.Key, upload.Stored.Initiated) <= now))
                bucket.Uploads.TryAbort(upload.Stored.Key, upload.Stored.Id);
        }
    }

    // Null if a concurrent PUT has replaced the expired object.
    private void PublishExpiration(Bucket bucket, StoredObject? deleted, string ruleId)
    {
        if (deleted is null)
            return;
        _logger.Expired(bucket.Name, LogText.Sanitize(deleted.Key, LogText.MaxKeyLength), LogText.Sanitize(ruleId));
        var isNewMarker = deleted.IsDeleteMarker && ReferenceEquals(bucket.Contents.GetNewest(deleted.Key), deleted);
        _events.Publish(bucket, isNewMarker ? EventName.ExpiredByMarker : EventName.Expired, deleted, LifecycleOrigin);
    }
}
