using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Races;

/// <summary>A store with a way to go before and after each call, on which others may be faster.</summary>
internal sealed class PacedStore(IUploadRecordStore store, Pace pace) : IUploadRecordStore
{
    public ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) => PacedAsync(() => store.AddAsync(record, cancellationToken));

    public ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => PacedAsync(() => store.FindAsync(id, cancellationToken));

    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.TryUpdateAsync(changed, cancellationToken));

    public ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.ClaimDueAsync(now, until, limit, cancellationToken));

    public ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.ClaimNotificationsAsync(now, until, limit, cancellationToken));

    public ValueTask<bool> TrySaveNotificationsAsync(NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.TrySaveNotificationsAsync(lease, told, notifyAt, cancellationToken));

    public ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.ListByOwnerAsync(owner, limit, before, cancellationToken));

    public ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.CountPendingAsync(profile, owner, now, cancellationToken));

    public ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.CountCreatedAsync(owner, since, limit, cancellationToken));

    public ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.SumHeldBytesAsync(profile, owner, now, cancellationToken));

    public ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        PacedAsync(() => store.MeasureDueAsync(now, limit, cancellationToken));

    public IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => store.ListAllAsync(cancellationToken);

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await pace.StepAsync();
        await store.DeleteAsync(id, cancellationToken);
        await pace.StepAsync();
    }

    // Records stay, so that each race can be judged at its end.
    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    private async ValueTask<T> PacedAsync<T>(Func<ValueTask<T>> call)
    {
        await pace.StepAsync();
        var answer = await call();
        await pace.StepAsync();
        return answer;
    }
}
