using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class DeleteThrowingWhenMissing(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(id) is null)
            throw new KeyNotFoundException();
        await base.DeleteAsync(id, cancellationToken);
    }
}

internal sealed class DeleteOfVersion1Only(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(id)?.Version == 1)
            await base.DeleteAsync(id, cancellationToken);
    }
}

internal sealed class DeleteMarkingOnly(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
        {
            if (Rows.Find(id) is { } record)
                Rows.Put(record with { Status = UploadStatus.Deleted, Version = record.Version + 1 });
        }
    }
}

internal sealed class DeleteOfAllRecordsOfTheOwner(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
        {
            if (Rows.Find(id) is { Owner: var owner })
            {
                foreach (var record in Rows.All.Values.Where(record => record.Owner == owner).ToArray())
                    Rows.All.Remove(record.Id);
            }
        }
    }
}

internal sealed class PurgeMissingExactInstant(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => record.PurgeAt < now;
}

internal sealed class PurgeOfNeverPurgeable(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => record.PurgeAt is null || record.PurgeAt <= now;
}

internal sealed class PurgeTooEarly(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => record.PurgeAt is not null;
}

internal sealed class PurgeByStatus(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => base.IsPurgeable(record, now) && record.IsTerminal;
}

internal sealed class PurgeFromStaleIndex(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => Rows.Index[record.Id].PurgeAt <= now;
}

internal sealed class PurgeIgnoringOffset(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => record.PurgeAt?.DateTime <= now.DateTime;
}

internal sealed class PurgeIgnoringLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.PurgeExpiredAsync(now, int.MaxValue, cancellationToken);
}

internal sealed class PurgeOfAtMostThousand(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.PurgeExpiredAsync(now, Math.Min(limit, 1000), cancellationToken);
}

internal sealed class PurgeDoingNothing(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPurgeable(UploadRecord record, DateTimeOffset now) => false;
}

/// <summary>What was changed to stay goes all the same, and what two find is counted by both.</summary>
internal sealed class PurgeCheckingBeforeRemoving(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] going;
        lock (Rows)
            going = [.. Rows.All.Values.Where(record => record.PurgeAt <= now).Take(limit)];
        await WaitAsync(cancellationToken);
        lock (Rows)
        {
            foreach (var record in going)
                Rows.All.Remove(record.Id);
        }

        return going.Length;
    }
}
