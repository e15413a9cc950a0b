using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class AddKeepingGivenVersion(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await base.AddAsync(record, cancellationToken);
        return record.Version == 0 ? Rows.Find(record.Id)! : Rows.Put(record);
    }
}

internal sealed class AddReturningGivenRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await base.AddAsync(record, cancellationToken);
        return record;
    }
}

internal sealed class AddOverwriting(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return Rows.Put(record with { Version = 1 });
    }
}

internal sealed class AddOverwritingUpdatedRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        Rows.Find(record.Id) is { Version: > 1 } ? Rows.Put(record with { Version = 1 }) : await base.AddAsync(record, cancellationToken);
}

internal sealed class AddIgnoringDuplicateId(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        Rows.Find(record.Id) ?? await base.AddAsync(record, cancellationToken);
}

internal sealed class AddCheckingBeforeWriting(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(record.Id) is not null)
            throw new InvalidOperationException();
        await WaitAsync(cancellationToken);
        return Rows.Put(record with { Version = 1 });
    }
}

internal sealed class AddNeverFreeingIds(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        lock (Rows)
        {
            if (Rows.Index.ContainsKey(record.Id))
                throw new InvalidOperationException();
        }

        return await base.AddAsync(record, cancellationToken);
    }
}

internal sealed class AddRequiringDistinctKeys(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        record.StagingKey == record.FinalKey ? throw new InvalidDataException("unique key") : base.AddAsync(record, cancellationToken);
}
