using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Leases due records and due notifications.</summary>
/// <remarks>A row that cannot be read is postponed, and the next row takes its place.</remarks>
internal sealed class RowLeaser<TContext>(RowReader reader)
    where TContext : DbContext
{
    // One transaction a row is slow. One for all rows keeps other instances waiting until the last of them is updated.
    private const int MaxRowsPerTransaction = 100;

    public async Task<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        TContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (from, to, later) = (Iso8601.Write(now), Iso8601.Write(until), Iso8601.Write(now + UnreadableRecords.QuarantineDuration));
        return await LeaseAsync(
            limit,
            async left => LeaseSql.ForDue(context) is { } sql
                ? await LeaseAsync(context, sql, from, to, left, cancellationToken).ConfigureAwait(false)
                : await LeaseDueOneByOneAsync(context, from, to, left, cancellationToken).ConfigureAwait(false),
            row => row.PreviousNextActionAt,
            (_, record) => record,
            row => Rows(context).Where(it => it.Id == row.Id && it.NextActionAt == to)
                .ExecuteUpdateAsync(set => set.SetProperty(it => it.NextActionAt, later), cancellationToken)).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        TContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (from, to, later) = (Iso8601.Write(now), Iso8601.Write(until), Iso8601.Write(now + UnreadableRecords.QuarantineDuration));
        return await LeaseAsync(
            limit,
            async left => LeaseSql.ForNotifications(context) is { } sql
                ? await LeaseAsync(context, sql, from, to, left, cancellationToken).ConfigureAwait(false)
                : await LeaseNotificationsOneByOneAsync(context, from, to, left, cancellationToken).ConfigureAwait(false),
            row => row.NotifyAt,
            (row, record) => new NotificationLease(record, Iso8601.Parse(row.NotifyAt!), until),
            row => Rows(context).Where(it => it.Id == row.Id && it.NotifyUntil == to).ExecuteUpdateAsync(
                set => set.SetProperty(it => it.NotifyAt, later).SetProperty(it => it.NotifyUntil, (string?)null),
                cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<T>> LeaseAsync<T>(
        int limit, Func<int, Task<List<UploadRow>>> lease, Func<UploadRow, string?> order, Func<UploadRow, UploadRecord, T> result,
        Func<UploadRow, Task> setAside)
    {
        var leased = new List<T>();
        for (var isMore = true; isMore;)
        {
            var left = limit - leased.Count;
            var rows = await lease(left).ConfigureAwait(false);
            foreach (var row in rows.OrderBy(order, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal))
            {
                if (reader.TryRead(row) is { } record)
                    leased.Add(result(row, record));
                else
                    await setAside(row).ConfigureAwait(false);
            }

            isMore = rows.Count == left && leased.Count < limit;
        }

        return leased;
    }

    private static Task<List<UploadRow>> LeaseAsync(
        TContext context, string sql, string now, string until, int limit, CancellationToken cancellationToken) =>
        context.Set<UploadRow>().FromSqlRaw(sql, now, until, limit).AsNoTracking().IgnoreQueryFilters().ToListAsync(cancellationToken);

    private static Task<List<UploadRow>> LeaseDueOneByOneAsync(
        TContext context, string now, string until, int limit, CancellationToken cancellationToken) =>
        LeaseOneByOneAsync(
            context, rows => rows.Where(it => it.NextActionAt != null && string.Compare(it.NextActionAt, now) <= 0),
            due => due.OrderBy(it => it.NextActionAt).ThenBy(it => it.Id).Take(limit),
            (row, ending) => row.ExecuteUpdateAsync(
                set => set.SetProperty(it => it.PreviousNextActionAt, it => it.NextActionAt).SetProperty(it => it.NextActionAt, until)
                    .SetProperty(it => it.Version, it => it.Version + 1),
                ending),
            cancellationToken);

    private static Task<List<UploadRow>> LeaseNotificationsOneByOneAsync(
        TContext context, string now, string until, int limit, CancellationToken cancellationToken) =>
        LeaseOneByOneAsync(
            context, rows => rows.Where(it =>
                it.NotifyAt != null && string.Compare(it.NotifyAt, now) <= 0
                && (it.NotifyUntil == null || string.Compare(it.NotifyUntil, now) <= 0)),
            free => free.OrderBy(it => it.NotifyAt).ThenBy(it => it.Id).Take(limit),
            (row, ending) => row.ExecuteUpdateAsync(set => set.SetProperty(it => it.NotifyUntil, until), ending),
            cancellationToken);

    // For databases whose own SQL is unknown: rows are updated one by one, if they still meet the condition,
    // and read in the same transaction.
    // A version cannot stand for the row that was read before: a record that was deleted and added again has the same version.
    private static async Task<List<UploadRow>> LeaseOneByOneAsync(
        TContext context, Func<IQueryable<UploadRow>, IQueryable<UploadRow>> condition,
        Func<IQueryable<UploadRow>, IQueryable<UploadRow>> longest, Func<IQueryable<UploadRow>, CancellationToken, Task<int>> update,
        CancellationToken cancellationToken)
    {
        var free = condition(Rows(context));
        var ids = await longest(free).Select(it => it.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var leased = new List<UploadRow>(ids.Count);
        foreach (var some in ids.Chunk(MaxRowsPerTransaction))
        {
            // Every instance locks rows in the same order, so that none waits for a row of another that waits for it.
            Array.Sort(some, StringComparer.Ordinal);
            leased.AddRange(await context.Database.CreateExecutionStrategy()
                .ExecuteAsync(ending => UpdateAndReadAsync(context, some, free, update, ending), cancellationToken).ConfigureAwait(false));
        }

        return leased;
    }

    private static async Task<List<UploadRow>> UpdateAndReadAsync(
        TContext context, string[] ids, IQueryable<UploadRow> free, Func<IQueryable<UploadRow>, CancellationToken, Task<int>> update,
        CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var updated = new List<string>(ids.Length);
            foreach (var id in ids)
            {
                if (await update(free.Where(it => it.Id == id), cancellationToken).ConfigureAwait(false) > 0)
                    updated.Add(id);
            }

            var rows = await Rows(context).Where(it => updated.Contains(it.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
    }

    private static IQueryable<UploadRow> Rows(TContext context) => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();
}
