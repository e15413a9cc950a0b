using DirectUpload.Records;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Held_bytes_of_every_profile(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Owner == owner).Sum(record => record.HeldBytes() ?? 0);
    }
}

internal sealed class Held_bytes_as_claimed(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner && record.HeldBytes() is not null).Sum(record => record.ClaimedSize);
    }
}

internal sealed class Held_bytes_forget_what_can_still_be_written(Rows rows) : SoundStore(rows)
{
    public override ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        base.SumHeldBytesAsync(profile, owner, DateTimeOffset.MaxValue, cancellationToken);
}

internal sealed class Held_bytes_in_doubles(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        (long)(double)await base.SumHeldBytesAsync(profile, owner, now, cancellationToken);
}

internal sealed class Held_bytes_outlive_their_record(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Profile == profile && record.Owner == owner).Sum(record => record.HeldBytes() ?? record.ClaimedSize);
    }
}

internal sealed class Due_is_measured_a_tick_late(Rows rows) : SoundStore(rows)
{
    public override ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.MeasureDueAsync(now.AddTicks(-1), limit, cancellationToken);
}

internal sealed class Due_is_measured_without_a_limit(Rows rows) : SoundStore(rows)
{
    public override ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.MeasureDueAsync(now, int.MaxValue, cancellationToken);
}

internal sealed class Due_since_the_newest(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var due = await base.MeasureDueAsync(now, limit, cancellationToken);
        lock (Rows)
            return due with { Oldest = Rows.All.Values.Where(record => record.DueAt <= now).Max(record => record.DueAt) };
    }
}

internal sealed class Everything_with_a_due_time_is_due(Rows rows) : SoundStore(rows)
{
    public override ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        base.MeasureDueAsync(DateTimeOffset.MaxValue, limit, cancellationToken);
}

internal sealed class Something_is_always_due(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        await base.MeasureDueAsync(now, limit, cancellationToken) is { Count: > 0 } due ? due : new(0, now);
}

internal sealed class Held_bytes_forget_what_is_pending(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var pending = await base.CountPendingAsync(profile, owner, now, cancellationToken);
        return await base.SumHeldBytesAsync(profile, owner, now, cancellationToken) - pending.Bytes;
    }
}
