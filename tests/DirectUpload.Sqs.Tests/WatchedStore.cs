using DirectUpload.Records;

namespace DirectUpload.Sqs.Tests;

/// <summary>A store that can be made slow, hung or absent where an event first asks for its upload, and that counts.</summary>
internal sealed class WatchedStore(IUploadRecordStore store) : IUploadRecordStore
{
    private int _asking;
    private int _mostAsking;

    /// <summary>The store itself, for a test's own look.</summary>
    public IUploadRecordStore Unwatched => store;

    /// <summary>Runs before a record is found.</summary>
    public Func<UploadId, CancellationToken, Task> BeforeFind { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How many finds were under way at once, at most.</summary>
    public int MostAsking => Volatile.Read(ref _mostAsking);

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var asking = Interlocked.Increment(ref _asking);
        for (var most = MostAsking; asking > most; most = MostAsking)
            Interlocked.CompareExchange(ref _mostAsking, asking, most);
        try
        {
            await BeforeFind(id, cancellationToken);
            return await store.FindAsync(id, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) => store.AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) => store.TryUpdateAsync(changed, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.ClaimDueAsync(now, until, limit, cancellationToken);

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        store.ClaimNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        store.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        store.ListByOwnerAsync(owner, limit, before, cancellationToken);

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) => store.CountPendingAsync(profile, owner, now, cancellationToken);

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        store.CountCreatedAsync(owner, since, limit, cancellationToken);

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) => store.SumHeldBytesAsync(profile, owner, now, cancellationToken);

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => store.MeasureDueAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => store.ListAllAsync(cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => store.DeleteAsync(id, cancellationToken);

    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => store.RetireAsync(now, limit, cancellationToken);
}
