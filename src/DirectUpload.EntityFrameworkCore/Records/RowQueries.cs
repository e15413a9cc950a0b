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

    /// <summary>Finds a row by its id.</summary>
    public Func<TContext, string, CancellationToken, Task<UploadRow?>> Find { get; } = EF.CompileAsyncQuery(
        (TContext context, string id, CancellationToken _) =>
            context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters().SingleOrDefault(row => row.Id == id));

    /// <summary>Counts the pending rows of a profile and owner at a time, and adds up their sizes; null if there are none.</summary>
    public Func<TContext, string, string?, string, CancellationToken, Task<PendingRows?>> CountPending { get; } = EF.CompileAsyncQuery(
        (TContext context, string profile, string? owner, string time, CancellationToken _) =>
            context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters()
                .Where(row => row.Profile == profile && row.Owner == owner && row.PendingSize != null
                    && (row.QuotaEndsAt == null || string.Compare(row.QuotaEndsAt, time) > 0))
                .GroupBy(_ => 1)
                .Select(rows => new PendingRows { Count = rows.Count(), Bytes = rows.Sum(row => row.PendingSize!.Value) })
                .SingleOrDefault());

    /// <summary>Counts the rows of an owner with an id from the oldest and a creation after a time, up to a limit.</summary>
    public Func<TContext, string?, string, string, int, CancellationToken, Task<int>> CountCreated { get; } = EF.CompileAsyncQuery(
        (TContext context, string? owner, string oldestId, string time, int limit, CancellationToken _) =>
            context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters()
                .Where(row => row.Owner == owner && string.Compare(row.Id, oldestId) >= 0 && string.Compare(row.CreatedAt, time) > 0)
                .OrderByDescending(row => row.Id).Take(limit)
                .Count());

    public static RowQueries<TContext> Get(TContext context) => Queries.GetValue(context.Model, static _ => new());
}

/// <summary>The number of pending rows and the sum of their sizes.</summary>
internal sealed class PendingRows
{
    public int Count { get; init; }

    public long Bytes { get; init; }
}
