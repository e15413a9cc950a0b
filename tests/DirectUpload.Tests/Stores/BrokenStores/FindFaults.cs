using System.Collections.Concurrent;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>Kept per instance: right as long as nobody else writes.</summary>
internal sealed class FindFromCache(StoreRows rows) : ReferenceStore(rows)
{
    private readonly ConcurrentDictionary<UploadId, UploadRecord> _cache = new();

    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (_cache.TryGetValue(id, out var cached))
            return cached;
        return await base.FindAsync(id, cancellationToken) is { } found ? _cache[id] = found : null;
    }

    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        _cache.TryRemove(changed.Id, out _);
        return await base.TryUpdateAsync(changed, cancellationToken);
    }
}

/// <summary>A replica, behind by a write in three.</summary>
internal sealed class FindFromReplica(StoreRows rows) : ReferenceStore(rows)
{
    private int _finds;

    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _finds) % 3 != 0)
            return await base.FindAsync(id, cancellationToken);
        lock (Rows)
            return Rows.Index.GetValueOrDefault(id);
    }
}

internal sealed class FindThrowingWhenMissing(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await base.FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException();
}

internal sealed class FindReturningAnotherRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (await base.FindAsync(id, cancellationToken) is { } found)
            return found;
        lock (Rows)
            return Rows.All.Values.FirstOrDefault();
    }
}

internal sealed class FindIgnoringCancellation(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        base.FindAsync(id, CancellationToken.None);
}

/// <summary>Two statements where one is needed: the second part of a write comes a moment later.</summary>
internal sealed class UpdateInTwoWrites(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var before = Rows.Find(changed.Id);
        if (before is null || await base.TryUpdateAsync(changed with { Properties = before.Properties }, cancellationToken) is not { } half)
            return null;
        await Task.Yield();
        var whole = half with { Properties = changed.Properties };
        lock (Rows)
        {
            if (Rows.All.TryGetValue(whole.Id, out var now) && now.Version == whole.Version)
                Rows.All[whole.Id] = whole;
        }

        return whole;
    }
}
