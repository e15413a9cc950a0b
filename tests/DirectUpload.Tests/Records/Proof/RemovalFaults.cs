using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Delete_throws_where_nothing_is(Rows rows) : SoundStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(id) is null)
            throw new KeyNotFoundException();
        await base.DeleteAsync(id, cancellationToken);
    }
}

internal sealed class Delete_of_version_1_only(Rows rows) : SoundStore(rows)
{
    public override async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(id)?.Version == 1)
            await base.DeleteAsync(id, cancellationToken);
    }
}

internal sealed class Delete_leaves_a_mark(Rows rows) : SoundStore(rows)
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

internal sealed class Delete_takes_all_of_an_owner_s(Rows rows) : SoundStore(rows)
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

internal sealed class Retire_misses_the_very_instant(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => record.RetireAt < now;
}

internal sealed class Retire_takes_what_may_never_vanish(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => record.RetireAt is null || record.RetireAt <= now;
}

internal sealed class Retire_takes_what_may_vanish_later(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => record.RetireAt is not null;
}

internal sealed class Retire_goes_by_status(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => base.Retires(record, now) && record.Status.IsSettled();
}

internal sealed class Retire_by_a_forgotten_index(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => Rows.Index[record.Id].RetireAt <= now;
}

internal sealed class Retire_reads_times_without_their_zone(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => record.RetireAt?.DateTime <= now.DateTime;
}

internal sealed class Retire_ignores_the_limit(Rows rows) : SoundStore(rows)
{
    public override ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.RetireAsync(now, int.MaxValue, cancellationToken);
}

internal sealed class Retire_takes_a_thousand_at_most(Rows rows) : SoundStore(rows)
{
    public override ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.RetireAsync(now, Math.Min(limit, 1000), cancellationToken);
}

internal sealed class Retire_does_nothing(Rows rows) : SoundStore(rows)
{
    protected override bool Retires(UploadRecord record, DateTimeOffset now) => false;
}

/// <summary>What was changed to stay goes all the same, and what two find is counted by both.</summary>
internal sealed class Retire_looks_before_it_removes(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] going;
        lock (Rows)
            going = [.. Rows.All.Values.Where(record => record.RetireAt <= now).Take(limit)];
        await WaitAsync(cancellationToken);
        lock (Rows)
        {
            foreach (var record in going)
                Rows.All.Remove(record.Id);
        }

        return going.Length;
    }
}
