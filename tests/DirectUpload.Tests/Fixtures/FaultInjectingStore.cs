using DirectUpload.Stores;

namespace DirectUpload.Tests.Fixtures;

/// <summary>The store in memory, with a database that can be out.</summary>
internal sealed class FaultInjectingStore : IUploadRecordStore
{
    private readonly InMemoryUploadRecordStore _store = new();
    private int _failedCalls;

    public bool IsUnavailable { get; set; }

    /// <summary>Whether it gives out what is due.</summary>
    public bool ReturnsDueRecords { get; set; } = true;

    /// <summary>Writes that it does not take.</summary>
    public Func<UploadRecord, bool> RejectsWrite { get; set; } = _ => false;

    /// <summary>Whether it refuses to store how far event handlers were notified.</summary>
    public bool RejectsCheckpoints { get; set; }

    public int FailedCalls => Volatile.Read(ref _failedCalls);

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        GetStore().AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        GetStore().FindAsync(id, cancellationToken);

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        RejectsWrite(changed)
            ? throw new TimeoutException("The database does not take this.")
            : GetStore().TryUpdateAsync(changed, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        ReturnsDueRecords ? GetStore().LeaseDueAsync(now, until, limit, cancellationToken) : new([]);

    public ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        GetStore().LeaseNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        RejectsCheckpoints
            ? throw new TimeoutException("The database does not take this.")
            : GetStore().TrySaveCheckpointsAsync(lease, checkpoints, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        GetStore().ListAsync(filter, limit, cancellationToken);

    public ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        GetStore().GetUsageAsync(query, cancellationToken);

    public ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        GetStore().GetBacklogAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        GetStore().ListAllAsync(filter, cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) =>
        GetStore().DeleteAsync(id, cancellationToken);

    public ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        GetStore().PurgeExpiredAsync(now, limit, cancellationToken);

    private InMemoryUploadRecordStore GetStore()
    {
        if (!IsUnavailable)
            return _store;
        Interlocked.Increment(ref _failedCalls);
        throw new TimeoutException("The database does not answer.");
    }
}
