using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class UpdateCheckingBeforeWriting(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(changed.Id)?.Version != changed.Version)
            return null;
        await WaitAsync(cancellationToken);
        return Rows.Put(changed with { Version = changed.Version + 1 });
    }
}

internal sealed class UpdateLastWriterWins(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool CanReplace(UploadRecord stored, UploadRecord changed) => true;
}

internal sealed class UpdateAcceptingNewerVersion(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool CanReplace(UploadRecord stored, UploadRecord changed) => changed.Version >= stored.Version;
}

internal sealed class UpdateIgnoringConflict(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await base.TryUpdateAsync(changed, cancellationToken)
        ?? (Rows.Find(changed.Id) is null ? null : changed with { Version = changed.Version + 1 });
}

internal sealed class UpdateReturningWinnersRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        await base.TryUpdateAsync(changed, cancellationToken) ?? Rows.Find(changed.Id);
}

internal sealed class UpdateAddingMissingRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        Rows.Find(changed.Id) is null
            ? Rows.Put(changed with { Version = changed.Version + 1 })
            : await base.TryUpdateAsync(changed, cancellationToken);
}

internal sealed class UpdateReportingSuccessWhenMissing(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default) =>
        Rows.Find(changed.Id) is null
            ? changed with { Version = changed.Version + 1 }
            : await base.TryUpdateAsync(changed, cancellationToken);
}

internal sealed class UpdateKeepingVersion(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) => changed with { Version = stored.Version };
}

internal sealed class UpdateWithoutChangeKeepingVersion(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) =>
        changed with { Version = 0 } == stored with { Version = 0 } ? stored : changed;
}

internal sealed class UpdateOfAllRecordsOfTheOwner(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        var updated = await base.TryUpdateAsync(changed, cancellationToken);
        lock (Rows)
        {
            foreach (var other in Rows.All.Values
                .Where(other => updated is not null && other.Owner == updated.Owner && other.Id != updated.Id).ToArray())
                Rows.All[other.Id] = other with { Status = changed.Status };
        }

        return updated;
    }
}

/// <summary>What was deleted between the look and the write comes back.</summary>
internal sealed class UpdateRestoringDeletedRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(changed.Id)?.Version != changed.Version)
            return null;
        await WaitAsync(cancellationToken);
        return Rows.Find(changed.Id) is null
            ? Rows.Put(changed with { Version = changed.Version + 1 })
            : await base.TryUpdateAsync(changed, cancellationToken);
    }
}
