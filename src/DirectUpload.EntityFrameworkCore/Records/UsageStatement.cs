using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Sums up what the rows of owners count toward their quotas, in a statement with a row for each total.</summary>
/// <remarks>
/// The statement is built once for each shape, for databases that know LIMIT. It takes half the time of
/// <see cref="RowQueries{TContext}.SumUsage"/>, which can only sum what it has grouped.
/// </remarks>
internal static class UsageStatement
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<UsageShape, TableCommand>> Commands = [];

    /// <summary>Returns the usage of each query.</summary>
    public static async Task<IReadOnlyList<OwnerUsage>> ExecuteAsync(
        DbContext context, IReadOnlyList<OwnerUsageQuery> queries, CancellationToken cancellationToken)
    {
        var usages = new OwnerUsage[queries.Count];
        foreach (var alike in Enumerable.Range(0, queries.Count).GroupBy(at => UsageShape.Of(queries[at])))
        {
            var (shape, places) = (alike.Key, alike.ToList());
            if (shape.IsEmpty)
            {
                places.ForEach(at => usages[at] = UsageRow.Combine([]));
                continue;
            }

            var command = Commands.GetOrCreateValue(context.Model).GetOrAdd(
                shape, static (shape, context) => shape.CreateCommand(new(context)), context);
            var sets = places.ConvertAll(at => shape.GetValues(queries[at]));
            var results = await context.Database.CreateExecutionStrategy().ExecuteAsync(
                ending => new RepeatedCommand(command, context, sets).ReadAsync(ReadAsync, ending),
                cancellationToken).ConfigureAwait(false);
            for (var at = 0; at < results.Length; at++)
                usages[places[at]] = results[at];
        }

        return usages;
    }

    private static async Task<OwnerUsage> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<UsageRow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(new() { Total = reader.GetInt32(0), Count = reader.GetInt32(1), Bytes = reader.GetInt64(2) });
        return UsageRow.Combine(rows);
    }
}
