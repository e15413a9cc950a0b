using System.Runtime.CompilerServices;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Stores records in a table; each call is one statement with a context and a time limit of its own.</summary>
internal sealed class EntityFrameworkUploadRecordStore<TContext>(
    UploadDbContextFactory<TContext> contexts, UnreadableRecords unreadable) : IUploadRecordStore
    where TContext : DbContext
{
    private const int PageSize = 500;

    private readonly RowReader _reader = new(unreadable);
    private readonly RowLeaser<TContext> _leaser = new(new RowReader(unreadable));
    private readonly RowInserter<TContext> _inserts = new(contexts);
    private readonly UsageReader<TContext> _usages = new(contexts);

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var added = record.Version == 1 ? record : record with { Version = 1 };
        await _inserts.AddAsync(added.ToRow(), cancellationToken).ConfigureAwait(false);
        return added.NotifyAt is null ? added : added with { NotifyAt = null };
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        return await ReadAsync(
            async (context, ending) =>
                await RowQueries<TContext>.Get(context).Find(context, key, ending).ConfigureAwait(false) is { } row
                    ? _reader.Read(row)
                    : null,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var next = changed with { Version = changed.Version + 1 };
        var row = next.ToRow();
        var updated = await WriteAsync(
            (context, ending) => RowUpdate.ExecuteAsync(context, row, ending), cancellationToken).ConfigureAwait(false);
        return updated != 1 ? null : next.NotifyAt is null ? next : next with { NotifyAt = null };
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await LeaseAsync(
            (context, ending) => _leaser.LeaseDueAsync(context, now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await LeaseAsync((context, ending) =>
            _leaser.LeaseNotificationsAsync(context, now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default)
    {
        var (id, until, was, next, json) =
            (lease.Record.Id.ToString(), Iso8601.Write(lease.ExpiresAt), Iso8601.Write(lease.NotifyAt), Iso8601.Write(notifyAt),
                RowJson.Serialize(checkpoints));
        return await WriteAsync(
            (context, ending) => Rows(context).Where(it => it.Id == id && it.NotifyUntil == until).ExecuteUpdateAsync(
                set => set.SetProperty(it => it.NotificationCheckpoints, json)
                    .SetProperty(it => it.NotifyUntil, (string?)null)
                    .SetProperty(it => it.NotifyAt, it => it.NotifyAt == was ? next : it.NotifyAt),
                ending),
            cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var listed = new List<UploadRecord>();
        var rest = filter;
        List<UploadRow> page;
        do
        {
            // Reads on if some rows were unreadable, because a short list means that there are no more.
            var (next, left) = (rest, limit - listed.Count);
            page = await ReadAsync(
                (context, ending) =>
                    Where(context, next).OrderByDescending(it => it.Id).Take(left).ToListAsync(ending),
                cancellationToken).ConfigureAwait(false);
            listed.AddRange(page.Select(_reader.TryRead).OfType<UploadRecord>());
            if (page.Count < left)
                break;
            rest = rest with { Before = UploadId.Parse(page[^1].Id) };
        }
        while (listed.Count < limit);
        return listed;
    }

    public async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        await _usages.GetAsync(query, cancellationToken).ConfigureAwait(false);

    public async ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var until = Iso8601.Write(now);
        return await ReadAsync(
            async (context, ending) =>
            {
                var due = Rows(context).Where(it => it.NextActionAt != null && string.Compare(it.NextActionAt, until) <= 0)
                    .OrderBy(it => it.NextActionAt).Select(it => it.NextActionAt).Take(limit);
                return await due.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Oldest = all.Min() })
                    .SingleOrDefaultAsync(ending).ConfigureAwait(false) is { } measured
                    ? (measured.Count, Iso8601.ParseOrNull(measured.Oldest))
                    : default;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = string.Empty;
        List<UploadRow> page;
        do
        {
            var after = last;
            page = await ReadAsync(
                (context, ending) =>
                    Where(context, filter).Where(it => string.Compare(it.Id, after) > 0).OrderBy(it => it.Id).Take(PageSize)
                        .ToListAsync(ending),
                cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_reader.TryRead(row) is { } record)
                    yield return record;
            }

            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (page.Count == PageSize);
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        await WriteAsync((context, ending) =>
            Rows(context).Where(it => it.Id == key).ExecuteDeleteAsync(ending), cancellationToken).ConfigureAwait(false);
        unreadable.Forget(key);
    }

    public async ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var end = Iso8601.Write(now);
        return await WriteAsync(
            (context, ending) =>
            {
                var retired = Rows(context).Where(it => it.PurgeAt != null && string.Compare(it.PurgeAt, end) <= 0);
                var oldest = retired.OrderBy(it => it.PurgeAt).Take(limit).Select(it => it.Id);
                // The condition is repeated in the delete: a concurrent change may have extended the retention.
                return retired.Where(it => oldest.Contains(it.Id)).ExecuteDeleteAsync(ending);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<T> ReadAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        DatabaseCall.RunAsync(contexts.RentReadAsync, call, cancellationToken);

    private Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        DatabaseCall.RunAsync(contexts.RentWriteAsync, call, cancellationToken);

    private Task<T> LeaseAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        DatabaseCall.RunAsync(contexts.RentLeaseAsync, call, cancellationToken);

    private static IQueryable<UploadRow> Where(TContext context, UploadFilter? filter) =>
        Rows(context).Where(filter, hasStatistics: context.Database.ProviderName != ProviderNames.Sqlite);

    // Global query filters of the application (tenants, soft deletes) must not apply to upload records.
    private static IQueryable<UploadRow> Rows(TContext context) => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();
}
