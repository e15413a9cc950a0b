namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Applies an <see cref="UploadFilter"/> to a query of rows.</summary>
internal static class RowFilter
{
    /// <summary>Specifies how much older than its record an id may be, as defined by IUploadRecordStore.</summary>
    private static readonly TimeSpan MaxIdAge = TimeSpan.FromMinutes(15);

    /// <summary>Selects the rows that meet all conditions.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="filter">The filter; null selects all rows.</param>
    /// <param name="hasStatistics">
    /// Whether the database knows how many rows each value has. SQLite does not: it takes the indexes for equally good, although most rows
    /// have the same status. It uses no index for an expression, so that only one index remains.
    /// </param>
    /// <returns>The selected rows.</returns>
    public static IQueryable<UploadRow> Where(this IQueryable<UploadRow> rows, UploadFilter? filter, bool hasStatistics)
    {
        if (filter is null)
            return rows;
        if (filter.IsByOwner)
            rows = hasStatistics || filter.Association is null || filter.Owner is null
                ? rows.Where(it => it.Owner == filter.Owner)
                : rows.Where(it => it.Owner!.Substring(0) == filter.Owner);
        if (filter.Association is { } association)
        {
            rows = rows.Where(it => it.AssociationType == association.Type && it.AssociationId == association.Id);
            if (association.Kind is { } kind)
                rows = rows.Where(it => it.AssociationKind == kind);
        }

        if (filter.Status?.ToString() is { } status)
            rows = hasStatistics || (!filter.IsByOwner && filter.Association is null)
                ? rows.Where(it => it.Status == status)
                : rows.Where(it => it.Status.Substring(0) == status);
        if (filter.AwaitedProcessor is { } processor)
            rows = rows.Where(it => it.AwaitedProcessor == processor);
        if (filter.Before?.ToString() is { } end)
            rows = rows.Where(it => string.Compare(it.Id, end) < 0);
        return rows.WhereCreated(filter);
    }

    /// <summary>Creates a lower bound of the ids of records that were created at a time or later.</summary>
    // Ids begin with the time in milliseconds (12 digits); the rest is random.
    public static string CreateOldestId(DateTimeOffset time)
    {
        var oldest = time > DateTimeOffset.UnixEpoch + MaxIdAge ? time - MaxIdAge : DateTimeOffset.UnixEpoch;
        return UploadId.Create(oldest).ToString()[..12].PadRight(32, '0');
    }

    // The lower bound also limits the range of ids.
    private static IQueryable<UploadRow> WhereCreated(this IQueryable<UploadRow> rows, UploadFilter filter)
    {
        if (filter.CreatedFrom is { } from)
        {
            var (time, oldest) = (Iso8601.Write(from), CreateOldestId(from));
            rows = rows.Where(it => string.Compare(it.Id, oldest) >= 0 && string.Compare(it.CreatedAt, time) >= 0);
        }

        if (filter.CreatedBefore is { } until)
        {
            var time = Iso8601.Write(until);
            rows = rows.Where(it => string.Compare(it.CreatedAt, time) < 0);
        }

        return rows;
    }
}
