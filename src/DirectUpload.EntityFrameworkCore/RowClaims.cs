using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Claims what is due, and leases what is to be notified of. A row that cannot be read is set aside, and the next one takes its place.</summary>
internal sealed class RowClaims<TContext>(RowReader reader)
    where TContext : DbContext
{
    public async Task<IReadOnlyList<UploadRecord>> ClaimDueAsync(TContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (from, to, later) = (SortableTime.Of(now), SortableTime.Of(until), SortableTime.Of(now + UnreadableRecords.SetAsideFor));
        return await ClaimAsync(
            limit,
            async left => ClaimSql.For(context) is { } sql
                ? await ClaimAsync(context, sql, from, to, left, cancellationToken).ConfigureAwait(false)
                : await ClaimOneByOneAsync(context, from, to, left, cancellationToken).ConfigureAwait(false),
            row => row.WasDueAt,
            (_, record) => record,
            row => Rows(context).Where(it => it.Id == row.Id && it.DueAt == to).ExecuteUpdateAsync(set => set.SetProperty(it => it.DueAt, later), cancellationToken)).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        TContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (from, to, later) = (SortableTime.Of(now), SortableTime.Of(until), SortableTime.Of(now + UnreadableRecords.SetAsideFor));
        return await ClaimAsync(
            limit,
            async left => ClaimSql.ForNotifications(context) is { } sql
                ? await ClaimAsync(context, sql, from, to, left, cancellationToken).ConfigureAwait(false)
                : await LeaseOneByOneAsync(context, from, to, left, cancellationToken).ConfigureAwait(false),
            row => row.NotifyAt,
            (row, record) => new NotificationLease(record, SortableTime.Parse(row.NotifyAt!), until),
            row => Rows(context).Where(it => it.Id == row.Id && it.NotifyUntil == to).ExecuteUpdateAsync(
                set => set.SetProperty(it => it.NotifyAt, later).SetProperty(it => it.NotifyUntil, (string?)null), cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<T>> ClaimAsync<T>(
        int limit, Func<int, Task<List<UploadRow>>> claim, Func<UploadRow, string?> order, Func<UploadRow, UploadRecord, T> result, Func<UploadRow, Task> setAside)
    {
        var claimed = new List<T>();
        for (var isMore = true; isMore;)
        {
            var left = limit - claimed.Count;
            var rows = await claim(left).ConfigureAwait(false);
            foreach (var row in rows.OrderBy(order, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal))
            {
                if (reader.TryRead(row) is { } record)
                    claimed.Add(result(row, record));
                else
                    await setAside(row).ConfigureAwait(false);
            }

            isMore = rows.Count == left && claimed.Count < limit;
        }

        return claimed;
    }

    private static Task<List<UploadRow>> ClaimAsync(TContext context, string sql, string now, string until, int limit, CancellationToken cancellationToken) =>
        context.Set<UploadRow>().FromSqlRaw(sql, now, until, limit).AsNoTracking().IgnoreQueryFilters().ToListAsync(cancellationToken);

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

    // The row is read again once the lease is taken: nothing that was stored in between bars it.
    private static async Task<List<UploadRow>> LeaseOneByOneAsync(TContext context, string now, string until, int limit, CancellationToken cancellationToken)
    {
        var free = Rows(context).Where(it =>
            it.NotifyAt != null && string.Compare(it.NotifyAt, now) <= 0 && (it.NotifyUntil == null || string.Compare(it.NotifyUntil, now) <= 0));
        var ids = await free.OrderBy(it => it.NotifyAt).ThenBy(it => it.Id).Take(limit).Select(it => it.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var leased = new List<UploadRow>(ids.Count);
        foreach (var id in ids)
        {
            if (await free.Where(it => it.Id == id).ExecuteUpdateAsync(set => set.SetProperty(it => it.NotifyUntil, until), cancellationToken).ConfigureAwait(false) == 1
                && await Rows(context).SingleOrDefaultAsync(it => it.Id == id, cancellationToken).ConfigureAwait(false) is { } row)
            {
                leased.Add(row);
            }
        }

        return leased;
    }

    private static IQueryable<UploadRow> Rows(TContext context) => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();
}
