using System.Collections.Concurrent;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>Kept per instance: right as long as nobody else writes.</summary>
internal sealed class Find_from_a_cache(Rows rows) : SoundStore(rows)
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
internal sealed class Find_from_a_replica(Rows rows) : SoundStore(rows)
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

internal sealed class Find_throws_where_nothing_is(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await base.FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException();
}

internal sealed class Find_finds_something_else(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (await base.FindAsync(id, cancellationToken) is { } found)
            return found;
        lock (Rows)
            return Rows.All.Values.FirstOrDefault();
    }
}

internal sealed class Find_goes_on_when_cancelled(Rows rows) : SoundStore(rows)
{
    public override ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) => base.FindAsync(id, CancellationToken.None);
}

/// <summary>Two statements where one is needed: the second part of a write comes a moment later.</summary>
internal sealed class Write_in_two_halves(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var before = Rows.Find(changed.Id);
        if (before is null || await base.TryUpdateAsync(changed with { Findings = before.Findings }, cancellationToken) is not { } half)
            return null;
        await Task.Yield();
        var whole = half with { Findings = changed.Findings };
        lock (Rows)
        {
            if (Rows.All.TryGetValue(whole.Id, out var now) && now.Version == whole.Version)
                Rows.All[whole.Id] = whole;
        }

        return whole;
    }
}
