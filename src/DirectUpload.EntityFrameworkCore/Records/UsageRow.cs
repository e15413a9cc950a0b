using DirectUpload.Stores;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Represents one total of an owner's rows.</summary>
internal sealed class UsageRow
{
    public const int Pending = 0;
    public const int Stored = 1;
    public const int Created = 2;

    /// <summary>Gets which of the totals it is.</summary>
    public int Total { get; init; }

    public int Count { get; init; }

    public long Bytes { get; init; }

    /// <summary>Combines the totals that a query returned.</summary>
    public static OwnerUsage Combine(IEnumerable<UsageRow> rows)
    {
        var (pending, pendingBytes, storedBytes, created) = (0, 0L, 0L, 0);
        foreach (var row in rows)
        {
            switch (row.Total)
            {
                case Pending:
                    (pending, pendingBytes) = (row.Count, row.Bytes);
                    break;
                case Stored:
                    storedBytes = row.Bytes;
                    break;
                default:
                    created = row.Count;
                    break;
            }
        }

        return new(pending, pendingBytes, storedBytes, created);
    }
}
