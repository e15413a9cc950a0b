using DirectUpload.Stores;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Represents the totals that a query of usage asks for: queries of one shape differ only in their parameters.</summary>
internal sealed record UsageShape(bool Pending, bool Stored, bool Created, bool HasOwner)
{
    public bool IsEmpty => !(Sums || Created);

    private bool Sums => Pending || Stored;

    public static UsageShape Of(OwnerUsageQuery query) =>
        new(query.Pending, query.Stored, query.CreatedLimit > 0, query.Owner is not null);

    /// <summary>Returns the values of the parameters that <see cref="CreateCommand"/> adds.</summary>
    public object?[] GetValues(OwnerUsageQuery query)
    {
        object?[] owner = HasOwner ? [query.Owner] : [];
        object?[] sums = Sums ? [query.Profile, Iso8601.Write(query.Now)] : [];
        object?[] created = Created
            ? [RowFilter.CreateOldestId(query.CreatedAfter), Iso8601.Write(query.CreatedAfter), query.CreatedLimit]
            : [];
        return [.. owner, .. sums, .. created];
    }

    /// <summary>Creates the command, which returns a total, a count and a number of bytes in each row.</summary>
    public TableCommand CreateCommand(TableCommandBuilder command)
    {
        var selects = new List<string>();
        var owner = command.GetColumn(nameof(UploadRow.Owner));
        var isOwner = HasOwner ? $"{owner} = {command.AddParameter(nameof(UploadRow.Owner))}" : $"{owner} IS NULL";
        if (Sums)
        {
            var end = command.GetColumn(nameof(UploadRow.QuotaEndsAt));
            var isCounted =
                $"{command.GetColumn(nameof(UploadRow.Profile))} = {command.AddParameter(nameof(UploadRow.Profile))} AND {isOwner} "
                + $"AND ({end} IS NULL OR {end} > {command.AddParameter(nameof(UploadRow.QuotaEndsAt))})";
            if (Pending)
                selects.Add(CreateSum(UsageRow.Pending, nameof(UploadRow.PendingSize)));
            if (Stored)
                selects.Add(CreateSum(UsageRow.Stored, nameof(UploadRow.StoredBytes)));

            string CreateSum(int total, string property)
            {
                var bytes = command.GetColumn(property);
                return $"SELECT {total}, COUNT(*), CAST(COALESCE(SUM({bytes}), 0) AS BIGINT) FROM {command.Table} "
                    + $"WHERE {isCounted} AND {bytes} IS NOT NULL";
            }
        }

        if (Created)
        {
            var id = command.GetColumn(nameof(UploadRow.Id));
            selects.Add(
                $"SELECT {UsageRow.Created}, COUNT(*), CAST(0 AS BIGINT) FROM (SELECT 1 AS found FROM {command.Table} "
                + $"WHERE {isOwner} AND {id} >= {command.AddParameter(nameof(UploadRow.Id))} "
                + $"AND {command.GetColumn(nameof(UploadRow.CreatedAt))} > {command.AddParameter(nameof(UploadRow.CreatedAt))} "
                + $"ORDER BY {id} DESC LIMIT {command.AddParameter<int>()}) AS created");
        }

        return command.Append(string.Join(" UNION ALL ", selects)).Build();
    }
}
