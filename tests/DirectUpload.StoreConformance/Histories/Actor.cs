using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Calls a store at random, as applications and workers do, and records each call with its result.</summary>
internal sealed class Actor(
    string name, Random random, History history, IUploadRecordStore store, StoreConformanceOptions options, CancellationToken cancellation)
{
    /// <summary>The associations between which records move.</summary>
    public static readonly IReadOnlyList<UploadAssociation> Associations =
        [new("user", "1", "avatar"), new("user", "1", "cover"), new("user", "2", "avatar")];

    private static readonly UploadStatus[] Statuses = Enum.GetValues<UploadStatus>();

    public async Task RunAsync(int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            await (random.Next(22) switch
            {
                < 4 => AddAsync(),
                < 8 => FindAsync(history.InitialRecords[random.Next(history.InitialRecords.Count)].Id),
                < 14 => UpdateAsync(),
                < 17 => LeaseDueAsync(),
                < 19 => DeleteAsync(),
                19 => PurgeAsync(),
                20 => ListAllAsync(),
                _ => ListByOwnerAsync(),
            });
            if (random.Next(2) == 0)
                await Task.Yield();
        }
    }

    public async Task<UploadRecord?> FindAsync(UploadId id)
    {
        var begin = history.Tick();
        var found = await store.FindAsync(id, cancellation);
        RecordObservation(id, begin, new Observation.Found(RecordState.From(found)), found);
        return found;
    }

    private async Task AddAsync()
    {
        var record = Randomize(PickInitialRecord());
        var begin = history.Tick();
        try
        {
            var added = await store.AddAsync(record, cancellation);
            RecordObservation(record.Id, begin, new Observation.Added(RecordState.From(record with { Version = 1 })!.Value), added);
            ContractAssert.Same(record with { Version = 1 }, added, "the result of AddAsync");
        }
        catch (InvalidOperationException)
        {
            RecordObservation(record.Id, begin, new Observation.DuplicateId());
        }
    }

    private async Task UpdateAsync()
    {
        var known = history.LastSeen.GetValueOrDefault(PickInitialRecord().Id) ?? PickInitialRecord() with { Version = 1 };
        var version = known.Version - (random.Next(6) == 0 ? 1 : 0);
        var changed = Randomize(known) with { Version = version };
        var begin = history.Tick();
        var updated = await store.TryUpdateAsync(changed, cancellation);
        RecordObservation(
            changed.Id, begin,
            updated is null ? new Observation.Conflict(version) : new Observation.Updated(version, RecordState.From(updated)!.Value),
            updated);
        if (updated is not null)
            ContractAssert.Same(changed with { Version = version + 1 }, updated, "the result of TryUpdateAsync");
    }

    private async Task LeaseDueAsync()
    {
        var now = PickTime();
        var until = now.AddHours(1 + random.Next(3));
        var limit = 1 + random.Next(history.InitialRecords.Count);
        var begin = history.Tick();
        var leased = await store.LeaseDueAsync(now, until, limit, cancellation);
        var end = history.Tick();
        ContractAssert.That(leased.Count <= limit, $"LeaseDueAsync returned {leased.Count} records for a limit of {limit}.");
        foreach (var record in leased)
            RecordObservation(record.Id, begin, new Observation.Leased(now, until, RecordState.From(record)!.Value), record, end);
    }

    private async Task DeleteAsync()
    {
        var id = PickInitialRecord().Id;
        var begin = history.Tick();
        await store.DeleteAsync(id, cancellation);
        RecordObservation(id, begin, new Observation.Deleted());
    }

    private async Task PurgeAsync()
    {
        var now = PickTime();
        var begin = history.Tick();
        await store.PurgeExpiredAsync(now, 1 + random.Next(history.InitialRecords.Count), cancellation);
        var end = history.Tick();
        foreach (var record in history.InitialRecords)
            RecordObservation(record.Id, begin, new Observation.Purged(now), null, end);
    }

    private async Task ListAllAsync()
    {
        var begin = history.Tick();
        var listed = await store.ListAllAsync(cancellationToken: cancellation).ToListAsync(cancellation);
        RecordList(history.InitialRecords, listed, begin);
    }

    /// <summary>Ignores the list of a store whose lists may lag, because it may show a state from before the call.</summary>
    private async Task ListByOwnerAsync()
    {
        var owner = PickInitialRecord().Owner;
        var begin = history.Tick();
        var listed = await store.ListAsync(UploadFilter.ForOwner(owner), history.InitialRecords.Count, cancellation);
        if (options.OwnerListLag == TimeSpan.Zero)
            RecordList(history.InitialRecords.Where(record => record.Owner == owner), listed, begin);
    }

    /// <summary>Records a list as one find per record, each at some moment during the call.</summary>
    private void RecordList(IEnumerable<UploadRecord> expected, IReadOnlyList<UploadRecord> listed, long begin)
    {
        var end = history.Tick();
        ContractAssert.Equal(
            listed.Count, listed.Select(record => record.Id).Distinct().Count(), "the number of distinct records in a list");
        foreach (var id in expected.Select(record => record.Id))
        {
            var record = listed.SingleOrDefault(record => record.Id == id);
            RecordObservation(id, begin, new Observation.Found(RecordState.From(record)), record, end);
        }
    }

    private void RecordObservation(UploadId id, long begin, Observation observation, UploadRecord? record = null, long? end = null)
    {
        history.Add(id, new Operation(begin, end ?? history.Tick(), name, observation));
        if (record is not null)
            history.LastSeen[id] = record;
    }

    private UploadRecord PickInitialRecord() => history.InitialRecords[random.Next(history.InitialRecords.Count)];

    private UploadRecord Randomize(UploadRecord record) => record with
    {
        Attempts = history.NextMarker(),
        Status = Statuses[random.Next(Statuses.Length)],
        Association = random.Next(Associations.Count + 1) is > 0 and var at ? Associations[at - 1] : null,
        NextActionAt = random.Next(3) == 0 ? null : PickTime(),
        PurgeAt = random.Next(3) == 0 ? PickTime() : null,
    };

    private DateTimeOffset PickTime() => SampleRecords.Start.AddHours(random.Next(8));
}
