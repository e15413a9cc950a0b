using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Update_looks_before_it_writes(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(changed.Id)?.Version != changed.Version)
            return null;
        await WaitAsync(cancellationToken);
        return Rows.Put(changed with { Version = changed.Version + 1 });
    }
}

internal sealed class Update_by_who_comes_last(Rows rows) : SoundStore(rows)
{
    protected override bool MayReplace(UploadRecord stored, UploadRecord changed) => true;
}

internal sealed class Update_of_any_newer_version(Rows rows) : SoundStore(rows)
{
    protected override bool MayReplace(UploadRecord stored, UploadRecord changed) => changed.Version >= stored.Version;
}

internal sealed class Update_swallows_a_conflict(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await base.TryUpdateAsync(changed, cancellationToken)
        ?? (Rows.Find(changed.Id) is null ? null : changed with { Version = changed.Version + 1 });
}

internal sealed class Update_answers_the_winner_s_record_to_the_loser(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await base.TryUpdateAsync(changed, cancellationToken) ?? Rows.Find(changed.Id);
}

internal sealed class Update_adds_what_is_not_there(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        Rows.Find(changed.Id) is null ? Rows.Put(changed with { Version = changed.Version + 1 }) : await base.TryUpdateAsync(changed, cancellationToken);
}

internal sealed class Update_says_what_is_not_there_was_changed(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        Rows.Find(changed.Id) is null ? changed with { Version = changed.Version + 1 } : await base.TryUpdateAsync(changed, cancellationToken);
}

internal sealed class Update_does_not_count(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed with { Version = stored.Version };
}

internal sealed class Update_that_changes_nothing_does_not_count(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed with { Version = 0 } == stored with { Version = 0 } ? stored : changed;
}

internal sealed class Update_reaches_all_of_an_owner_s(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var updated = await base.TryUpdateAsync(changed, cancellationToken);
        lock (Rows)
        {
            foreach (var other in Rows.All.Values.Where(other => updated is not null && other.Owner == updated.Owner && other.Id != updated.Id).ToArray())
                Rows.All[other.Id] = other with { Status = changed.Status };
        }

        return updated;
    }
}

/// <summary>What was deleted between the look and the write comes back.</summary>
internal sealed class Update_brings_back_what_goes_meanwhile(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(changed.Id)?.Version != changed.Version)
            return null;
        await WaitAsync(cancellationToken);
        return Rows.Find(changed.Id) is null ? Rows.Put(changed with { Version = changed.Version + 1 }) : await base.TryUpdateAsync(changed, cancellationToken);
    }
}
