using System.Globalization;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class LeaseGrantedTwice(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] due;
        lock (Rows)
            due = [.. OrderByDue(Rows.All.Values.Where(record => record.NextActionAt <= now)).Take(limit)];
        await WaitAsync(cancellationToken);
        return [.. due.Select(record => Rows.Put(WithLease(record, until)))];
    }
}

/// <summary>Each by compare-and-set, so nothing is given twice; but what was deleted since comes back.</summary>
internal sealed class LeaseRestoringDeletedRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] due;
        lock (Rows)
            due = [.. OrderByDue(Rows.All.Values.Where(record => record.NextActionAt <= now)).Take(limit)];
        await WaitAsync(cancellationToken);
        lock (Rows)
            return [.. due.Where(record => Rows.Find(record.Id) is not { } now || now.Version == record.Version)
                .Select(record => Rows.Put(WithLease(record, until)))];
    }
}

internal sealed class LeaseKeepingVersion(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) => record with { NextActionAt = until };
}

internal sealed class LeaseIncrementingVersionTwice(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        record with { NextActionAt = until, Version = record.Version + 2 };
}

internal sealed class LeaseKeepingNextActionAt(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) => record with { Version = record.Version + 1 };
}

internal sealed class LeaseWithoutEnd(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        record with { NextActionAt = null, Version = record.Version + 1 };
}

internal sealed class LeaseChangingRecord(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        base.WithLease(record, until) with { Attempts = record.Attempts + 1 };
}

internal sealed class LeaseReturningOldVersion(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.LeaseDueAsync(now, until, limit, cancellationToken))
            .Select(record => record with { Version = record.Version - 1 })];
}

internal sealed class LeaseMissingExactInstant(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => record.NextActionAt < now;
}

internal sealed class LeaseRoundingToSeconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) =>
        record.NextActionAt?.ToUnixTimeSeconds() <= now.ToUnixTimeSeconds();
}

internal sealed class LeaseOfEverything(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => true;
}

internal sealed class LeaseOfNeverDue(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => record.NextActionAt is null || record.NextActionAt <= now;
}

internal sealed class LeaseOfNewestFirst(StoreRows rows) : ReferenceStore(rows)
{
    protected override IEnumerable<UploadRecord> OrderByDue(IEnumerable<UploadRecord> due) =>
        due.OrderByDescending(record => record.NextActionAt);
}

internal sealed class LeaseSortingTimesAsText(StoreRows rows) : ReferenceStore(rows)
{
    protected override IEnumerable<UploadRecord> OrderByDue(IEnumerable<UploadRecord> due) =>
        due.OrderBy(
            record => record.NextActionAt!.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}

internal sealed class LeaseIgnoringLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.LeaseDueAsync(now, until, int.MaxValue, cancellationToken);
}

internal sealed class LeaseOfAtMostHundred(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.LeaseDueAsync(now, until, Math.Min(limit, 100), cancellationToken);
}

internal sealed class LeaseByStatus(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => base.IsDue(record, now) && !record.IsTerminal;
}

internal sealed class LeaseFromStaleIndex(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) =>
        Rows.Index.GetValueOrDefault(record.Id)?.NextActionAt <= now && record.NextActionAt is not null;

    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        Rows.Index[record.Id] = base.WithLease(record, until);
}

internal sealed class LeaseOfDeleted(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var claimed = await base.LeaseDueAsync(now, until, limit, cancellationToken);
        lock (Rows)
            return [.. claimed, .. Rows.Index.Values.Where(record => record.NextActionAt <= now && !Rows.All.ContainsKey(record.Id))
                .Select(record => WithLease(record, until))];
    }
}
