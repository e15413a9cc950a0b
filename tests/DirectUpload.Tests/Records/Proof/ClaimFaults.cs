using System.Globalization;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Claim_given_twice(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] due;
        lock (Rows)
            due = [.. InOrder(Rows.All.Values.Where(record => record.DueAt <= now)).Take(limit)];
        await WaitAsync(cancellationToken);
        return [.. due.Select(record => Rows.Put(Claimed(record, until)))];
    }
}

/// <summary>Each by compare-and-set, so nothing is given twice; but what was deleted since comes back.</summary>
internal sealed class Claim_brings_back_what_goes_meanwhile(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] due;
        lock (Rows)
            due = [.. InOrder(Rows.All.Values.Where(record => record.DueAt <= now)).Take(limit)];
        await WaitAsync(cancellationToken);
        lock (Rows)
            return [.. due.Where(record => Rows.Find(record.Id) is not { } now || now.Version == record.Version).Select(record => Rows.Put(Claimed(record, until)))];
    }
}

internal sealed class Claim_forgets_the_version(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => record with { DueAt = until };
}

internal sealed class Claim_counts_twice(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => record with { DueAt = until, Version = record.Version + 2 };
}

internal sealed class Claim_stays_due(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => record with { Version = record.Version + 1 };
}

internal sealed class Claim_never_ends(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => record with { DueAt = null, Version = record.Version + 1 };
}

internal sealed class Claim_touches_the_record(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => base.Claimed(record, until) with { Attempts = record.Attempts + 1 };
}

internal sealed class Claim_returns_what_was_before(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ClaimDueAsync(now, until, limit, cancellationToken)).Select(record => record with { Version = record.Version - 1 })];
}

internal sealed class Claim_misses_the_very_instant(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => record.DueAt < now;
}

internal sealed class Claim_takes_what_is_due_this_second(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => record.DueAt?.ToUnixTimeSeconds() <= now.ToUnixTimeSeconds();
}

internal sealed class Claim_takes_everything(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => true;
}

internal sealed class Claim_takes_what_is_never_due(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => record.DueAt is null || record.DueAt <= now;
}

internal sealed class Claim_takes_the_newest_first(Rows rows) : SoundStore(rows)
{
    protected override IEnumerable<UploadRecord> InOrder(IEnumerable<UploadRecord> due) => due.OrderByDescending(record => record.DueAt);
}

internal sealed class Claim_sorts_times_as_text(Rows rows) : SoundStore(rows)
{
    protected override IEnumerable<UploadRecord> InOrder(IEnumerable<UploadRecord> due) =>
        due.OrderBy(record => record.DueAt!.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}

internal sealed class Claim_ignores_the_limit(Rows rows) : SoundStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.ClaimDueAsync(now, until, int.MaxValue, cancellationToken);
}

internal sealed class Claim_takes_a_hundred_at_most(Rows rows) : SoundStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        base.ClaimDueAsync(now, until, Math.Min(limit, 100), cancellationToken);
}

internal sealed class Claim_decides_by_status(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => base.IsDue(record, now) && !record.Status.IsSettled();
}

internal sealed class Claim_by_a_forgotten_index(Rows rows) : SoundStore(rows)
{
    protected override bool IsDue(UploadRecord record, DateTimeOffset now) => Rows.Index.GetValueOrDefault(record.Id)?.DueAt <= now && record.DueAt is not null;

    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) => Rows.Index[record.Id] = base.Claimed(record, until);
}

internal sealed class Claim_gives_what_was_deleted(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default)
    {
        var claimed = await base.ClaimDueAsync(now, until, limit, cancellationToken);
        lock (Rows)
            return [.. claimed, .. Rows.Index.Values.Where(record => record.DueAt <= now && !Rows.All.ContainsKey(record.Id)).Select(record => Claimed(record, until))];
    }
}
