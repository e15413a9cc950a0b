using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Add_keeps_the_version_it_is_told(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await base.AddAsync(record, cancellationToken);
        return record.Version == 0 ? Rows.Find(record.Id)! : Rows.Put(record);
    }
}

internal sealed class Add_returns_what_it_was_given(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await base.AddAsync(record, cancellationToken);
        return record;
    }
}

internal sealed class Add_overwrites(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return Rows.Put(record with { Version = 1 });
    }
}

internal sealed class Add_overwrites_what_was_changed(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        Rows.Find(record.Id) is { Version: > 1 } ? Rows.Put(record with { Version = 1 }) : await base.AddAsync(record, cancellationToken);
}

internal sealed class Add_swallows_a_taken_id(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        Rows.Find(record.Id) ?? await base.AddAsync(record, cancellationToken);
}

internal sealed class Add_looks_before_it_writes(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        if (Rows.Find(record.Id) is not null)
            throw new InvalidOperationException();
        await WaitAsync(cancellationToken);
        return Rows.Put(record with { Version = 1 });
    }
}

internal sealed class Add_never_frees_an_id(Rows rows) : SoundStore(rows)
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

internal sealed class Add_wants_two_keys(Rows rows) : SoundStore(rows)
{
    public override ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default) =>
        record.StagingKey == record.FinalKey ? throw new InvalidDataException("unique key") : base.AddAsync(record, cancellationToken);
}
