using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Storage;

/// <summary>
/// What storage refuses at present: logged as an error once a minute for each kind, and reported by the health check until the same operation succeeds again or has not been refused for ten minutes. Safe for
/// concurrent use.
/// </summary>
internal sealed class StorageRefusals(TimeProvider clock, ILogger<StorageRefusals> logger)
{
    /// <summary>Longer than the worker waits before it repeats a refused call.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    /// <summary>What any success disproves.</summary>
    private static readonly string[] OfWholeBucket = ["NoSuchBucket", "SignatureDoesNotMatch", "InvalidAccessKeyId", "RequestTimeTooSkewed", "not sent", "TLS"];

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Kind, Seen> _kinds = new();

    public void Refused(StorageRefusedException refusal)
    {
        var (now, kind) = (clock.GetUtcNow(), new Kind(refusal.Bucket, refusal.Operation, refusal.Code));
        bool isLogged;
        lock (_lock)
        {
            isLogged = !_kinds.TryGetValue(kind, out var seen) || now - seen.LoggedAt >= Quiet;
            _kinds[kind] = new Seen(refusal, now, isLogged ? now : seen!.LoggedAt);
        }

        if (isLogged)
            logger.StorageRefused(refusal.Message);
        else
            logger.StorageRefusedAgain(refusal, refusal.Operation, refusal.Bucket, refusal.Code);
    }

    public void Succeeded(StorageCall call)
    {
        if (_kinds.IsEmpty)
            return;
        lock (_lock)
        {
            foreach (var (kind, seen) in _kinds)
            {
                if (kind.Bucket == call.Bucket && (OfWholeBucket.Contains(kind.Code) || (kind.Operation == call.Operation && seen.Refusal.Place == call.Place)))
                    _kinds.TryRemove(kind, out _);
            }
        }
    }

    /// <summary>What is refused on a bucket now.</summary>
    public IEnumerable<StorageRefusedException> Of(string bucket) =>
        _kinds.Where(it => it.Key.Bucket == bucket && clock.GetUtcNow() - it.Value.At < Lasting).Select(it => it.Value.Refusal);

    private readonly record struct Kind(string Bucket, string Operation, string Code);

    private sealed record Seen(StorageRefusedException Refusal, DateTimeOffset At, DateTimeOffset LoggedAt);
}
