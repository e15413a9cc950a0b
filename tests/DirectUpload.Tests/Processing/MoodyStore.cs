using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Processing;

/// <summary>The store in memory, with a database that can be out.</summary>
internal sealed class MoodyStore : IUploadRecordStore
{
    private readonly InMemoryUploadRecordStore _store = new();
    private int _refused;

    public bool IsOut { get; set; }

    /// <summary>Whether it gives out what is due.</summary>
    public bool Claims { get; set; } = true;

    /// <summary>Writes that it does not take.</summary>
    public Func<UploadRecord, bool> Refuses { get; set; } = _ => false;

    /// <summary>Whether it refuses to store how far event handlers were notified.</summary>
    public bool RefusesNotifications { get; set; }

    public int Refused => Volatile.Read(ref _refused);

    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) => Up().AddAsync(record, cancellationToken);

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => Up().FindAsync(id, cancellationToken);

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        Refuses(changed) ? throw new TimeoutException("The database does not take this.") : Up().TryUpdateAsync(changed, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        Claims ? Up().ClaimDueAsync(now, until, limit, cancellationToken) : new([]);

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        Up().ClaimNotificationsAsync(now, until, limit, cancellationToken);

    public ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        RefusesNotifications ? throw new TimeoutException("The database does not take this.") : Up().TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken);

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        Up().ListByOwnerAsync(owner, limit, before, cancellationToken);

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Up().CountPendingAsync(profile, owner, now, cancellationToken);

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        Up().CountCreatedAsync(owner, since, limit, cancellationToken);

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Up().SumHeldBytesAsync(profile, owner, now, cancellationToken);

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        Up().MeasureDueAsync(now, limit, cancellationToken);

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => Up().ListAllAsync(cancellationToken);

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) => Up().DeleteAsync(id, cancellationToken);

    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => Up().RetireAsync(now, limit, cancellationToken);

    private InMemoryUploadRecordStore Up()
    {
        if (!IsOut)
            return _store;
        Interlocked.Increment(ref _refused);
        throw new TimeoutException("The database does not answer.");
    }
}
