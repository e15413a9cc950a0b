using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class PendingCountOfEveryStatus(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => true;
}

internal sealed class PendingCountWithoutProcessing(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) =>
        record.Status is UploadStatus.Requested or UploadStatus.Uploaded;
}

internal sealed class PendingCountWithoutWritable(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => !record.IsTerminal;
}

internal sealed class PendingCountNeverExpiring(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => record.PendingBytes() is not null;
}

internal sealed class UsageOfEveryTotal(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        base.GetUsageAsync(
            new(query.Profile, query.Owner, query.Now)
            {
                Pending = true,
                Stored = true,
                CreatedAfter = query.CreatedAfter,
                CreatedLimit = Math.Max(query.CreatedLimit, 1),
            },
            cancellationToken);
}

internal sealed class UsageWithAddedRecordTwice(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        var usage = await base.GetUsageAsync(query, cancellationToken);
        return query.Added is null ? usage : new(usage.PendingUploads + 1, usage.PendingBytes, usage.StoredBytes, usage.CreatedUploads);
    }
}

internal sealed class CreatedCountById(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Owner == owner && record.Id > UploadId.Create(since)).Take(limit).Count();
    }
}

internal sealed class CreatedCountOfAllOwners(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.CreatedAt > since).Take(limit).Count();
    }
}

internal sealed class CreatedCountIgnoringLimit(StoreRows rows) : ReferenceStore(rows)
{
    protected override ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        base.CountCreatedAsync(owner, since, int.MaxValue, cancellationToken);
}

internal sealed class CreatedCountFromTickEarlier(StoreRows rows) : ReferenceStore(rows)
{
    protected override ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        base.CountCreatedAsync(owner, since.AddTicks(-1), limit, cancellationToken);
}

internal sealed class CreatedCountOfPendingOnly(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<int> CountCreatedAsync(
        string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values
                .Where(record => record.Owner == owner && record.CreatedAt > since && !record.IsTerminal).Take(limit).Count();
    }
}

internal sealed class PendingCountOfAllProfiles(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool CountsAsPending(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        record.Owner == owner && IsPending(record, now);
}

internal sealed class PendingCountByJoinedNames(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool CountsAsPending(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        $"{record.Profile}#{record.Owner}" == $"{profile}#{owner}" && IsPending(record, now);
}

internal sealed class PendingBytesIn32Bits(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await base.CountPendingAsync(profile, owner, now, cancellationToken) is var pending
            ? pending with { Bytes = unchecked((int)pending.Bytes) }
            : default;
}

internal sealed class PendingBytesInDoubles(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await base.CountPendingAsync(profile, owner, now, cancellationToken) is var pending
            ? pending with { Bytes = (long)(double)pending.Bytes }
            : default;
}

internal sealed class PendingCountFromStaleIndex(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool CountsAsPending(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        base.CountsAsPending(Rows.Index[record.Id], profile, owner, now);
}

internal sealed class PendingCountIgnoringDeletes(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var pending = await base.CountPendingAsync(profile, owner, now, cancellationToken);
        lock (Rows)
        {
            var gone = Rows.Index.Values
                .Where(record => !Rows.All.ContainsKey(record.Id) && CountsAsPending(record, profile, owner, now)).ToArray();
            return new(pending.Count + gone.Length, pending.Bytes + gone.Sum(record => record.DeclaredSize));
        }
    }
}

/// <summary>Counts kept beside the records, and changed by what was read before the write: right until two meet.</summary>
internal sealed class CountDrifting(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var added = await base.AddAsync(record, cancellationToken);
        Count(added, +1);
        return added;
    }

    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var before = Rows.Find(changed.Id);
        var updated = await base.TryUpdateAsync(changed, cancellationToken);
        if (updated is not null)
        {
            Count(before!, -1);
            Count(updated, +1);
        }

        return updated;
    }

    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var before = Rows.Find(id);
        await base.DeleteAsync(id, cancellationToken);
        if (before is not null)
            Count(before, -1);
    }

    public override async ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] before;
        lock (Rows)
            before = [.. Rows.All.Values];
        var removed = await base.PurgeExpiredAsync(now, limit, cancellationToken);
        foreach (var record in before.Where(record => Rows.Find(record.Id) is null))
            Count(record, -1);
        return removed;
    }

    protected override async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return Rows.Pending.GetValueOrDefault((profile, GetOwnerKey(owner)));
    }

    private void Count(UploadRecord record, int sign)
    {
        if (IsPending(record, DateTimeOffset.MaxValue))
        {
            Rows.Pending.AddOrUpdate(
                (record.Profile, GetOwnerKey(record.Owner)),
                _ => new(sign, sign * record.DeclaredSize),
                (_, pending) => new(pending.Count + sign, pending.Bytes + (sign * record.DeclaredSize)));
        }
    }

    private static string GetOwnerKey(string? owner) => owner is null ? "nobody" : $"={owner}";
}
