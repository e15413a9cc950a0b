
namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class StoredBytesOfAllProfiles(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Owner == owner).Sum(record => record.StoredBytes() ?? 0);
    }
}

internal sealed class StoredBytesAsDeclared(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner && record.StoredBytes() is not null)
                .Sum(record => record.DeclaredSize);
    }
}

internal sealed class StoredBytesWithoutWritable(StoreRows rows) : ReferenceStore(rows)
{
    protected override ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        base.GetStoredBytesAsync(profile, owner, DateTimeOffset.MaxValue, cancellationToken);
}

internal sealed class StoredBytesInDoubles(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        (long)(double)await base.GetStoredBytesAsync(profile, owner, now, cancellationToken);
}

internal sealed class StoredBytesOfTerminalRecords(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner)
                .Sum(record => record.StoredBytes() ?? record.DeclaredSize);
    }
}

internal sealed class BacklogMeasuredTickLate(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.GetBacklogAsync(now.AddTicks(-1), limit, cancellationToken);
}

internal sealed class BacklogIgnoringLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.GetBacklogAsync(now, int.MaxValue, cancellationToken);
}

internal sealed class BacklogSinceNewest(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var due = await base.GetBacklogAsync(now, limit, cancellationToken);
        lock (Rows)
            return due with { Oldest = Rows.All.Values.Where(record => record.NextActionAt <= now).Max(record => record.NextActionAt) };
    }
}

internal sealed class BacklogIncludingFuture(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.GetBacklogAsync(DateTimeOffset.MaxValue, limit, cancellationToken);
}

internal sealed class BacklogNeverEmpty(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        await base.GetBacklogAsync(now, limit, cancellationToken) is { Count: > 0 } due ? due : new(0, now);
}

internal sealed class StoredBytesWithoutPending(StoreRows rows) : ReferenceStore(rows)
{
    protected override async ValueTask<long> GetStoredBytesAsync(
        string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var pending = await base.CountPendingAsync(profile, owner, now, cancellationToken);
        return await base.GetStoredBytesAsync(profile, owner, now, cancellationToken) - pending.Bytes;
    }
}
