using System.Runtime.CompilerServices;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Records in a table. Each verb has a context of its own for as long as it takes, and is one statement.</summary>
internal sealed class EntityFrameworkUploadRecordStore<TContext>(UploadContexts<TContext> contexts) : IUploadRecordStore
    where TContext : DbContext
{
    private const int Page = 500;

    /// <summary>The contract's: an id may be so much older than its record.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var row = (record with { Version = 1 }).ToRow();
        for (var again = true; ; again = false)
        {
            await using var lease = await contexts.ToWriteAsync(cancellationToken).ConfigureAwait(false);
            lease.Context.Add(row);
            try
            {
                await lease.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return row.ToRecord();
            }
            // Each database has its own words for a key that is taken; that it is taken is the same everywhere.
            catch (DbUpdateException refused) when (!cancellationToken.IsCancellationRequested)
            {
                if (await Rows(lease.Context).AnyAsync(it => it.Id == row.Id, cancellationToken).ConfigureAwait(false))
                    throw new InvalidOperationException($"Upload {record.Id} exists already.", refused);
                // Or it was taken, and its record has been deleted meanwhile.
                if (!again)
                    throw;
            }
        }
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        return (await Rows(lease.Context).FirstOrDefaultAsync(it => it.Id == key, cancellationToken).ConfigureAwait(false))?.ToRecord();
    }

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var row = (changed with { Version = changed.Version + 1 }).ToRow();
        var before = changed.Version;
        await using var lease = await contexts.ToWriteAsync(cancellationToken).ConfigureAwait(false);
        var updated = await Rows(lease.Context)
            .Where(it => it.Id == row.Id && it.Version == before)
            .ExecuteUpdateAsync(set => UploadRowUpdate.Set(set, row), cancellationToken).ConfigureAwait(false);
        return updated == 1 ? row.ToRecord() : null;
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        await using var lease = await contexts.ToWriteAsync(cancellationToken).ConfigureAwait(false);
        var (from, to) = (SortableTime.Of(now), SortableTime.Of(until));
        var claimed = ClaimSql.For(lease.Context) is { } sql
            ? await lease.Context.Set<UploadRow>().FromSqlRaw(sql, from, to, limit).AsNoTracking().IgnoreQueryFilters().ToListAsync(cancellationToken).ConfigureAwait(false)
            : await ClaimOneByOneAsync(lease.Context, from, to, limit, cancellationToken).ConfigureAwait(false);
        return [.. claimed.OrderBy(row => row.WasDueAt, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => row.ToRecord())];
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        var rows = Rows(lease.Context).Where(it => it.Owner == owner);
        if (before?.ToString() is { } end)
            rows = rows.Where(it => string.Compare(it.Id, end) < 0);
        var page = await rows.OrderByDescending(it => it.Id).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. page.Select(row => row.ToRecord())];
    }

    public async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(now);
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        return await Rows(lease.Context)
            .Where(it => it.Profile == profile && it.Owner == owner && it.PendingSize != null && (it.QuotaEndsAt == null || string.Compare(it.QuotaEndsAt, time) > 0))
            .GroupBy(_ => 1)
            .Select(pending => new PendingUploads(pending.Count(), pending.Sum(it => it.PendingSize!.Value)))
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(since);
        var oldest = OldestId(since - LongestWait);
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        return await Rows(lease.Context)
            .Where(it => it.Owner == owner && string.Compare(it.Id, oldest) >= 0 && string.Compare(it.CreatedAt, time) > 0)
            .OrderByDescending(it => it.Id).Take(limit)
            .CountAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var time = SortableTime.Of(now);
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        return await Rows(lease.Context)
            .Where(it => it.Profile == profile && it.Owner == owner && it.HeldSize != null && (it.QuotaEndsAt == null || string.Compare(it.QuotaEndsAt, time) > 0))
            .SumAsync(it => it.HeldSize!.Value, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var until = SortableTime.Of(now);
        await using var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
        var due = Rows(lease.Context).Where(it => it.DueAt != null && string.Compare(it.DueAt, until) <= 0).OrderBy(it => it.DueAt).Select(it => it.DueAt).Take(limit);
        return await due.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Oldest = all.Min() }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } measured
            ? new(measured.Count, SortableTime.ParseOrNull(measured.Oldest))
            : default;
    }

    public async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = string.Empty;
        List<UploadRow> page;
        do
        {
            var lease = await contexts.ToReadAsync(cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                page = await Rows(lease.Context).Where(it => string.Compare(it.Id, last) > 0).OrderBy(it => it.Id).Take(Page)
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row.ToRecord();
            }

            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (page.Count == Page);
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var key = id.ToString();
        await using var lease = await contexts.ToWriteAsync(cancellationToken).ConfigureAwait(false);
        await Rows(lease.Context).Where(it => it.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var end = SortableTime.Of(now);
        await using var lease = await contexts.ToWriteAsync(cancellationToken).ConfigureAwait(false);
        var retired = Rows(lease.Context).Where(it => it.RetireAt != null && string.Compare(it.RetireAt, end) <= 0);
        var oldest = retired.OrderBy(it => it.RetireAt).Take(limit).Select(it => it.Id);
        // Asked of each once more as it is deleted: somebody may just have changed it to stay.
        return await retired.Where(it => oldest.Contains(it.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Ids begin with the time in milliseconds, 12 digits; what follows is random.
    private static string OldestId(DateTimeOffset time) =>
        UploadId.New(time > DateTimeOffset.UnixEpoch ? time : DateTimeOffset.UnixEpoch).ToString()[..12].PadRight(32, '0');

    // For databases whose words for it are not known here: the same by compare-and-set, a statement each.
    private static async Task<List<UploadRow>> ClaimOneByOneAsync(TContext context, string now, string until, int limit, CancellationToken cancellationToken)
    {
        var due = await Rows(context).Where(it => it.DueAt != null && string.Compare(it.DueAt, now) <= 0).OrderBy(it => it.DueAt).ThenBy(it => it.Id).Take(limit)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var claimed = new List<UploadRow>(due.Count);
        foreach (var row in due)
        {
            var (was, version) = (row.DueAt, row.Version);
            var mine = await Rows(context).Where(it => it.Id == row.Id && it.Version == version).ExecuteUpdateAsync(
                set => set.SetProperty(it => it.WasDueAt, was).SetProperty(it => it.DueAt, until).SetProperty(it => it.Version, version + 1),
                cancellationToken).ConfigureAwait(false);
            if (mine == 0)
                continue;
            (row.WasDueAt, row.DueAt, row.Version) = (was, until, version + 1);
            claimed.Add(row);
        }

        return claimed;
    }

    // An application's filter for all its entities (tenants, soft deletes) is not meant for these.
    private static IQueryable<UploadRow> Rows(TContext context) => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();
}
