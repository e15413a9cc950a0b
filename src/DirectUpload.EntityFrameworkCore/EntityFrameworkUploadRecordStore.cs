using System.Runtime.CompilerServices;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Records in a table. Each verb has a context of its own for as long as it takes, is one statement, and has a time limit.</summary>
internal sealed class EntityFrameworkUploadRecordStore<TContext>(UploadContexts<TContext> contexts, UnreadableRecords unreadable) : IUploadRecordStore
    where TContext : DbContext
{
    private const int Page = 500;

    /// <summary>The contract's: an id may be so much older than its record.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly RowReader _reader = new(unreadable);
    private readonly RowClaims<TContext> _claims = new(new RowReader(unreadable));

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var row = (record with { Version = 1 }).ToRow();
        for (var again = true; ; again = false)
        {
            if (await WriteAsync((context, ending) => TryAddAsync(context, row, again, ending), cancellationToken).ConfigureAwait(false))
                return row.ToRecord();
        }
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        return await ReadAsync(
            async (context, ending) => await Rows(context).SingleOrDefaultAsync(it => it.Id == key, ending).ConfigureAwait(false) is { } row ? _reader.Read(row) : null,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var row = (changed with { Version = changed.Version + 1 }).ToRow();
        var before = changed.Version;
        var updated = await WriteAsync(
            (context, ending) => Rows(context).Where(it => it.Id == row.Id && it.Version == before).ExecuteUpdateAsync(set => UploadRowUpdate.Set(set, row), ending),
            cancellationToken).ConfigureAwait(false);
        return updated == 1 ? row.ToRecord() : null;
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await ClaimAsync((context, ending) => _claims.ClaimDueAsync(context, now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await ClaimAsync((context, ending) => _claims.ClaimNotificationsAsync(context, now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default)
    {
        var (id, until, was, next, json) =
            (lease.Record.Id.ToString(), SortableTime.Of(lease.Until), SortableTime.Of(lease.NotifyAt), SortableTime.Of(notifyAt), RowJson.Of(told));
        return await WriteAsync(
            (context, ending) => Rows(context).Where(it => it.Id == id && it.NotifyUntil == until).ExecuteUpdateAsync(
                set => set.SetProperty(it => it.Told, json)
                    .SetProperty(it => it.NotifyUntil, (string?)null)
                    .SetProperty(it => it.NotifyAt, it => it.NotifyAt == was ? next : it.NotifyAt),
                ending),
            cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        var listed = new List<UploadRecord>();
        var end = before?.ToString();
        List<UploadRow> page;
        do
        {
            // Once more where some could not be read, for a short list means that there are no more.
            var (last, left) = (end, limit - listed.Count);
            page = await ReadAsync((context, ending) => PageAsync(context, owner, last, left, ending), cancellationToken).ConfigureAwait(false);
            listed.AddRange(page.Select(_reader.TryRead).OfType<UploadRecord>());
            if (page.Count < left)
                break;
            end = page[^1].Id;
        }
        while (listed.Count < limit);
        return listed;
    }

    public async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(now);
        return await ReadAsync(
            (context, ending) => Rows(context)
                .Where(it => it.Profile == profile && it.Owner == owner && it.PendingSize != null && (it.QuotaEndsAt == null || string.Compare(it.QuotaEndsAt, time) > 0))
                .GroupBy(_ => 1)
                .Select(pending => new PendingUploads(pending.Count(), pending.Sum(it => it.PendingSize!.Value)))
                .SingleOrDefaultAsync(ending),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(since);
        var oldest = OldestId(since - LongestWait);
        return await ReadAsync(
            (context, ending) => Rows(context)
                .Where(it => it.Owner == owner && string.Compare(it.Id, oldest) >= 0 && string.Compare(it.CreatedAt, time) > 0)
                .OrderByDescending(it => it.Id).Take(limit)
                .CountAsync(ending),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(now);
        return await ReadAsync(
            (context, ending) => Rows(context)
                .Where(it => it.Profile == profile && it.Owner == owner && it.HeldSize != null && (it.QuotaEndsAt == null || string.Compare(it.QuotaEndsAt, time) > 0))
                .SumAsync(it => it.HeldSize!.Value, ending),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var until = SortableTime.Of(now);
        return await ReadAsync(
            async (context, ending) =>
            {
                var due = Rows(context).Where(it => it.DueAt != null && string.Compare(it.DueAt, until) <= 0).OrderBy(it => it.DueAt).Select(it => it.DueAt).Take(limit);
                return await due.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Oldest = all.Min() }).SingleOrDefaultAsync(ending).ConfigureAwait(false) is { } measured
                    ? new DueUploads(measured.Count, SortableTime.ParseOrNull(measured.Oldest))
                    : default;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = string.Empty;
        List<UploadRow> page;
        do
        {
            var after = last;
            page = await ReadAsync(
                (context, ending) => Rows(context).Where(it => string.Compare(it.Id, after) > 0).OrderBy(it => it.Id).Take(Page).ToListAsync(ending),
                cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_reader.TryRead(row) is { } record)
                    yield return record;
            }

            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (page.Count == Page);
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        await WriteAsync((context, ending) => Rows(context).Where(it => it.Id == key).ExecuteDeleteAsync(ending), cancellationToken).ConfigureAwait(false);
        unreadable.Forget(key);
    }

    public async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var end = SortableTime.Of(now);
        return await WriteAsync(
            (context, ending) =>
            {
                var retired = Rows(context).Where(it => it.RetireAt != null && string.Compare(it.RetireAt, end) <= 0);
                var oldest = retired.OrderBy(it => it.RetireAt).Take(limit).Select(it => it.Id);
                // Asked of each once more as it is deleted: somebody may just have changed it to stay.
                return retired.Where(it => oldest.Contains(it.Id)).ExecuteDeleteAsync(ending);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Ids begin with the time in milliseconds, 12 digits; what follows is random.
    private static string OldestId(DateTimeOffset time) =>
        UploadId.New(time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch).ToString()[..12].PadRight(32, '0');

    private static async Task<bool> TryAddAsync(TContext context, UploadRow row, bool again, CancellationToken cancellationToken)
    {
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        // Each database has its own words for a key that is taken; that it is taken is the same everywhere.
        catch (DbUpdateException refused) when (!cancellationToken.IsCancellationRequested && !EngineFaults.IsUnavailable(refused))
        {
            if (await Rows(context).AnyAsync(it => it.Id == row.Id, cancellationToken).ConfigureAwait(false))
                throw new InvalidOperationException($"Upload {row.Id} exists already.", refused);
            // Or it was taken, and its record has been deleted meanwhile.
            if (!again)
                throw;
            return false;
        }
    }

    private static Task<List<UploadRow>> PageAsync(TContext context, string? owner, string? end, int count, CancellationToken cancellationToken)
    {
        var rows = Rows(context).Where(it => it.Owner == owner);
        if (end is not null)
            rows = rows.Where(it => string.Compare(it.Id, end) < 0);
        return rows.OrderByDescending(it => it.Id).Take(count).ToListAsync(cancellationToken);
    }

    private Task<T> ReadAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => RunAsync(contexts.ToReadAsync, call, cancellationToken);

    private Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => RunAsync(contexts.ToWriteAsync, call, cancellationToken);

    private Task<T> ClaimAsync<T>(Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => RunAsync(contexts.ToClaimAsync, call, cancellationToken);

    private static Task<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<ContextLease<TContext>>> open, Func<TContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        EngineCall.RunAsync(
            async ending =>
            {
                var lease = await open(ending).ConfigureAwait(false);
                await using (lease.ConfigureAwait(false))
                    return await call(lease.Context, ending).ConfigureAwait(false);
            },
            cancellationToken);

    // An application's filter for all its entities (tenants, soft deletes) is not meant for these.
    private static IQueryable<UploadRow> Rows(TContext context) => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();
}
