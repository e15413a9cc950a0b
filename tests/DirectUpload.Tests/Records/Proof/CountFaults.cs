using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Count_of_every_status(Rows rows) : SoundStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => true;
}

internal sealed class Count_forgets_processing(Rows rows) : SoundStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => record.Status is UploadStatus.Requested or UploadStatus.Uploaded;
}

internal sealed class Count_forgets_what_can_still_be_written(Rows rows) : SoundStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => !record.Status.IsSettled();
}

internal sealed class Count_of_ended_ones_for_ever(Rows rows) : SoundStore(rows)
{
    protected override bool IsPending(UploadRecord record, DateTimeOffset now) => record.PendingBytes() is not null;
}

internal sealed class Count_of_created_ones_by_their_ids(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Owner == owner && record.Id > UploadId.New(since)).Take(limit).Count();
    }
}

internal sealed class Count_of_created_ones_of_everybody(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.CreatedAt > since).Take(limit).Count();
    }
}

internal sealed class Count_of_created_ones_without_a_limit(Rows rows) : SoundStore(rows)
{
    public override ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        base.CountCreatedAsync(owner, since, int.MaxValue, cancellationToken);
}

internal sealed class Count_of_created_ones_a_tick_early(Rows rows) : SoundStore(rows)
{
    public override ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        base.CountCreatedAsync(owner, since.AddTicks(-1), limit, cancellationToken);
}

internal sealed class Count_of_created_ones_that_are_pending(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        lock (Rows)
            return Rows.All.Values.Where(record => record.Owner == owner && record.CreatedAt > since && !record.Status.IsSettled()).Take(limit).Count();
    }
}

internal sealed class Count_of_every_profile(Rows rows) : SoundStore(rows)
{
    protected override bool Counts(UploadRecord record, string profile, string? owner, DateTimeOffset now) => record.Owner == owner && IsPending(record, now);
}

internal sealed class Count_by_joined_names(Rows rows) : SoundStore(rows)
{
    protected override bool Counts(UploadRecord record, string profile, string? owner, DateTimeOffset now) =>
        $"{record.Profile}#{record.Owner}" == $"{profile}#{owner}" && IsPending(record, now);
}

internal sealed class Count_in_32_bits(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await base.CountPendingAsync(profile, owner, now, cancellationToken) is var pending ? pending with { Bytes = unchecked((int)pending.Bytes) } : default;
}

internal sealed class Count_in_doubles(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await base.CountPendingAsync(profile, owner, now, cancellationToken) is var pending ? pending with { Bytes = (long)(double)pending.Bytes } : default;
}

internal sealed class Count_of_a_forgotten_index(Rows rows) : SoundStore(rows)
{
    protected override bool Counts(UploadRecord record, string profile, string? owner, DateTimeOffset now) => base.Counts(Rows.Index[record.Id], profile, owner, now);
}

internal sealed class Count_forgets_deletes(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var pending = await base.CountPendingAsync(profile, owner, now, cancellationToken);
        lock (Rows)
        {
            var gone = Rows.Index.Values.Where(record => !Rows.All.ContainsKey(record.Id) && Counts(record, profile, owner, now)).ToArray();
            return new(pending.Count + gone.Length, pending.Bytes + gone.Sum(record => record.ClaimedSize));
        }
    }
}

/// <summary>Counts kept beside the records, and changed by what was read before the write: right until two meet.</summary>
internal sealed class Count_that_drifts(Rows rows) : SoundStore(rows)
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

    public override async ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        UploadRecord[] before;
        lock (Rows)
            before = [.. Rows.All.Values];
        var removed = await base.RetireAsync(now, limit, cancellationToken);
        foreach (var record in before.Where(record => Rows.Find(record.Id) is null))
            Count(record, -1);
        return removed;
    }

    public override async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return Rows.Pending.GetValueOrDefault((profile, Name(owner)));
    }

    private void Count(UploadRecord record, int sign)
    {
        if (IsPending(record, DateTimeOffset.MaxValue))
        {
            Rows.Pending.AddOrUpdate(
                (record.Profile, Name(record.Owner)),
                _ => new(sign, sign * record.ClaimedSize),
                (_, pending) => new(pending.Count + sign, pending.Bytes + (sign * record.ClaimedSize)));
        }
    }

    private static string Name(string? owner) => owner is null ? "nobody" : $"={owner}";
}
