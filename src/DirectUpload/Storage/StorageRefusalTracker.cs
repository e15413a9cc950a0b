using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Storage;

/// <summary>Tracks what storage currently refuses, for the log and the health check.</summary>
/// <remarks>
/// Each kind of refusal is logged as an error once a minute. The health check reports it until the same operation succeeds, or was not
/// refused for ten minutes. Instances are safe for concurrent use.
/// </remarks>
internal sealed class StorageRefusalTracker(TimeProvider clock, ILogger<StorageRefusalTracker> logger)
{
    /// <summary>How long a refusal is reported: longer than the worker waits before it repeats a refused call.</summary>
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    /// <summary>The codes that any successful call to the bucket disproves.</summary>
    private static readonly string[] BucketWideCodes =
    [
        "NoSuchBucket", "SignatureDoesNotMatch", "InvalidAccessKeyId", "RequestTimeTooSkewed", "not sent", "TLS",
    ];

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<RefusalKey, RefusalEntry> _refusals = new();

    public void ReportRefusal(StorageRefusedException refusal)
    {
        var (now, kind) = (clock.GetUtcNow(), new RefusalKey(refusal.Bucket, refusal.Operation, refusal.Code));
        bool isLogged;
        lock (_lock)
        {
            isLogged = !_refusals.TryGetValue(kind, out var seen) || now - seen.LoggedAt >= LogInterval;
            _refusals[kind] = new RefusalEntry(refusal, now, isLogged ? now : seen!.LoggedAt);
        }

        if (isLogged)
            logger.StorageRefused(refusal.Message);
        else
            logger.StorageRefusedAgain(refusal, refusal.Operation, refusal.Bucket, refusal.Code);
    }

    public void ReportSuccess(StorageCall call)
    {
        if (_refusals.IsEmpty)
            return;
        lock (_lock)
        {
            foreach (var (kind, seen) in _refusals)
            {
                if (kind.Bucket == call.Bucket && (BucketWideCodes.Contains(kind.Code)
                    || (kind.Operation == call.Operation && seen.Refusal.KeyPrefix == call.KeyPrefix)))
                    _refusals.TryRemove(kind, out _);
            }
        }
    }

    /// <summary>Returns the current refusals of a bucket.</summary>
    public IEnumerable<StorageRefusedException> GetRecent(string bucket) =>
        _refusals.Where(it => it.Key.Bucket == bucket && clock.GetUtcNow() - it.Value.At < RetentionPeriod).Select(it => it.Value.Refusal);

    private readonly record struct RefusalKey(string Bucket, string Operation, string Code);

    private sealed record RefusalEntry(StorageRefusedException Refusal, DateTimeOffset At, DateTimeOffset LoggedAt);
}
