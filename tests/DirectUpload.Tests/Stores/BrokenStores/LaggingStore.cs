using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>
/// Lists, counts and claims by an index that follows a moment later, and records that the database itself retires, some day: sound, if the
/// store says so, and broken if it does not.
/// </summary>
internal sealed class LaggingStore(StoreRows rows) : ReferenceStore(rows)
{
    public static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(40);

    private StoreRows _snapshot = new();
    private long _snapshotTakenAt;

    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        await new ReferenceStore(GetSnapshot()).ListAsync(filter, limit, cancellationToken);

    public override async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        var snapshot = GetSnapshot();
        var usage = await new ReferenceStore(snapshot).GetUsageAsync(query, cancellationToken);
        if (query.Added is not { } added || snapshot.Find(added.Id) is not null)
            return usage;
        return new(
            usage.PendingUploads + (query.Pending ? 1 : 0),
            usage.PendingBytes + (query.Pending ? added.DeclaredSize : 0),
            usage.StoredBytes + (query.Stored ? added.DeclaredSize : 0),
            Math.Min(usage.CreatedUploads + 1, query.CreatedLimit));
    }

    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        UploadRecord[] candidates;
        var seen = GetSnapshot();
        lock (seen)
            candidates = [.. OrderByDue(seen.All.Values.Where(record => IsDue(record, now))).Take(limit)];
        // The very one that was seen: a record that was deleted and added again has the versions of the old one.
        lock (Rows)
            return [.. candidates.Where(record => ReferenceEquals(Rows.Find(record.Id), record))
                .Select(record => Rows.Put(WithLease(record, until)))];
    }

    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => false;

    private StoreRows GetSnapshot()
    {
        lock (Rows)
        {
            if (TimeProvider.System.GetElapsedTime(_snapshotTakenAt) < Lag)
                return _snapshot;
            (_snapshot, _snapshotTakenAt) = (new StoreRows(), TimeProvider.System.GetTimestamp());
            foreach (var record in Rows.All.Values)
                _snapshot.All.Add(record.Id, record);
            return _snapshot;
        }
    }
}
