using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Holds the queries of every request and confirm, compiled once for each model.</summary>
/// <remarks>Otherwise, Entity Framework Core hashes the expression of a query each time to find what it has compiled.</remarks>
internal sealed class RowQueries<TContext>
    where TContext : DbContext
{
    private static readonly ConditionalWeakTable<IModel, RowQueries<TContext>> Queries = [];

    private RowQueries()
    {
    }

    public delegate IAsyncEnumerable<UsageRow> UsageQuery(
        TContext context, string profile, string? owner, string now, bool pending, bool stored, string oldestId, string createdAfter,
        int createdLimit);

    /// <summary>Finds a row by its id.</summary>
    public Func<TContext, string, CancellationToken, Task<UploadRow?>> Find { get; } = EF.CompileAsyncQuery(
        (TContext context, string id, CancellationToken _) =>
            context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters().SingleOrDefault(row => row.Id == id));

    /// <summary>Sums up what the rows of an owner count toward its quotas, in one statement with a row for each total.</summary>
    /// <remarks>A total that is not asked for costs nothing: its condition does not depend on a row, or its limit is 0.</remarks>
    public UsageQuery SumUsage { get; } = new(EF.CompileAsyncQuery(
        (TContext context, string profile, string? owner, string now, bool pending, bool stored, string oldestId, string createdAfter,
            int createdLimit) =>
            context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters()
                .Where(row => pending && row.Profile == profile && row.Owner == owner && row.PendingSize != null
                    && (row.QuotaEndsAt == null || string.Compare(row.QuotaEndsAt, now) > 0))
                .GroupBy(_ => 1)
                .Select(rows => new UsageRow
                {
                    Total = UsageRow.Pending,
                    Count = rows.Count(),
                    Bytes = rows.Sum(row => row.PendingSize!.Value),
                })
                .Concat(context.Set<UploadRow>().IgnoreQueryFilters()
                    .Where(row => stored && row.Profile == profile && row.Owner == owner && row.StoredBytes != null
                        && (row.QuotaEndsAt == null || string.Compare(row.QuotaEndsAt, now) > 0))
                    .GroupBy(_ => 1)
                    .Select(rows => new UsageRow
                    {
                        Total = UsageRow.Stored,
                        Count = rows.Count(),
                        Bytes = rows.Sum(row => row.StoredBytes!.Value),
                    }))
                .Concat(context.Set<UploadRow>().IgnoreQueryFilters()
                    .Where(row => row.Owner == owner && string.Compare(row.Id, oldestId) >= 0
                        && string.Compare(row.CreatedAt, createdAfter) > 0)
                    .OrderByDescending(row => row.Id).Take(createdLimit)
                    .GroupBy(_ => 1)
                    .Select(rows => new UsageRow { Total = UsageRow.Created, Count = rows.Count(), Bytes = 0 }))));

    public static RowQueries<TContext> Get(TContext context) => Queries.GetValue(context.Model, static _ => new());
}
