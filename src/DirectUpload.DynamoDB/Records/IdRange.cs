using System.Globalization;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Represents the range of ids that a filter can match, both ends included.</summary>
internal readonly record struct IdRange(string Oldest, string Newest)
{
    /// <summary>Specifies how much older than its record an id may be, as defined by IUploadRecordStore.</summary>
    private static readonly TimeSpan MaxIdAge = TimeSpan.FromMinutes(15);

    private static readonly IdRange All = new(new string('0', 32), new string('f', 32));

    public bool IsUnlimited => this == All;

    /// <summary>Creates the range; returns null if no id can match.</summary>
    /// <remarks>DynamoDB refuses an empty range, and a query has room for one condition on its sort key.</remarks>
    public static IdRange? TryCreate(UploadFilter filter)
    {
        var range = All;
        if (filter.CreatedFrom is { } from)
            range = range with { Oldest = CreateOldest(from) };
        if (filter.Before is { } before)
        {
            var end = UInt128.Parse(before.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (end == 0)
                return null;
            range = range with { Newest = (end - 1).ToString("x32", CultureInfo.InvariantCulture) };
        }

        return string.CompareOrdinal(range.Oldest, range.Newest) <= 0 ? range : null;
    }

    /// <summary>Creates the lower bound of the ids of records that were created at a time or later.</summary>
    // Ids begin with the time in milliseconds (12 digits); the rest is random.
    public static string CreateOldest(DateTimeOffset time) => time > DateTimeOffset.UnixEpoch + MaxIdAge
        ? UploadId.Create(time - MaxIdAge).ToString()[..12].PadRight(32, '0')
        : All.Oldest;
}
