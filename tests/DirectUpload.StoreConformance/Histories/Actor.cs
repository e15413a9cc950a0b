using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Does at random what applications and workers do, and writes down what it was answered.</summary>
internal sealed class Actor(string name, Random random, History history, IUploadRecordStore store, StoreTraits traits, CancellationToken cancellation)
{
    private static readonly UploadStatus[] Statuses = Enum.GetValues<UploadStatus>();

    public async Task ActAsync(int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            await (random.Next(22) switch
            {
                < 4 => AddAsync(),
                < 8 => FindAsync(history.Blank[random.Next(history.Blank.Count)].Id),
                < 14 => UpdateAsync(),
                < 17 => ClaimAsync(),
                < 19 => DeleteAsync(),
                19 => RetireAsync(),
                20 => ListAllAsync(),
                _ => ListByOwnerAsync(),
            });
            if (random.Next(2) == 0)
                await Task.Yield();
        }
    }

    public async Task<UploadRecord?> FindAsync(UploadId id)
    {
        var begin = history.Now();
        var found = await store.FindAsync(id, cancellation);
        Saw(id, begin, new Observation.Found(State.Of(found)), found);
        return found;
    }

    private async Task AddAsync()
    {
        var record = AnyContent(AnyBlank());
        var begin = history.Now();
        try
        {
            var added = await store.AddAsync(record, cancellation);
            Saw(record.Id, begin, new Observation.Added(State.Of(record with { Version = 1 })!.Value), added);
            Check.Same(record with { Version = 1 }, added, "what an add returns");
        }
        catch (InvalidOperationException)
        {
            Saw(record.Id, begin, new Observation.Taken());
        }
    }

    private async Task UpdateAsync()
    {
        var known = history.Known.GetValueOrDefault(AnyBlank().Id) ?? AnyBlank() with { Version = 1 };
        var version = known.Version - (random.Next(6) == 0 ? 1 : 0);
        var changed = AnyContent(known) with { Version = version };
        var begin = history.Now();
        var updated = await store.TryUpdateAsync(changed, cancellation);
        Saw(changed.Id, begin, updated is null ? new Observation.Lost(version) : new Observation.Updated(version, State.Of(updated)!.Value), updated);
        if (updated is not null)
            Check.Same(changed with { Version = version + 1 }, updated, "what an update returns");
    }

    private async Task ClaimAsync()
    {
        var now = AnyTime();
        var until = now.AddHours(1 + random.Next(3));
        var limit = 1 + random.Next(history.Blank.Count);
        var begin = history.Now();
        var claimed = await store.ClaimDueAsync(now, until, limit, cancellation);
        var end = history.Now();
        Check.That(claimed.Count <= limit, $"{claimed.Count} were claimed, the limit was {limit}");
        foreach (var record in claimed)
            Saw(record.Id, begin, new Observation.Claimed(now, until, State.Of(record)!.Value), record, end);
    }

    private async Task DeleteAsync()
    {
        var id = AnyBlank().Id;
        var begin = history.Now();
        await store.DeleteAsync(id, cancellation);
        Saw(id, begin, new Observation.Deleted());
    }

    private async Task RetireAsync()
    {
        var now = AnyTime();
        var begin = history.Now();
        await store.RetireAsync(now, 1 + random.Next(history.Blank.Count), cancellation);
        var end = history.Now();
        foreach (var record in history.Blank)
            Saw(record.Id, begin, new Observation.Retired(now), null, end);
    }

    private async Task ListAllAsync()
    {
        var begin = history.Now();
        var listed = await store.ListAllAsync(cancellation).ToListAsync(cancellation);
        SawList(history.Blank, listed, begin);
    }

    /// <summary>Where a store's lists may lag, they explain nothing about the moment.</summary>
    private async Task ListByOwnerAsync()
    {
        var owner = AnyBlank().Owner;
        var begin = history.Now();
        var listed = await store.ListByOwnerAsync(owner, history.Blank.Count, null, cancellation);
        if (traits.OwnerListsLag == TimeSpan.Zero)
            SawList(history.Blank.Where(record => record.Owner == owner), listed, begin);
    }

    /// <summary>A list tells of each record what finding it would have told at some moment meanwhile.</summary>
    private void SawList(IEnumerable<UploadRecord> expected, IReadOnlyList<UploadRecord> listed, long begin)
    {
        var end = history.Now();
        Check.Equal(listed.Count, listed.Select(record => record.Id).Distinct().Count(), "how many different ones a list shows");
        foreach (var id in expected.Select(record => record.Id))
        {
            var record = listed.SingleOrDefault(record => record.Id == id);
            Saw(id, begin, new Observation.Found(State.Of(record)), record, end);
        }
    }

    private void Saw(UploadId id, long begin, Observation observation, UploadRecord? record = null, long? end = null)
    {
        history.Add(id, new Operation(begin, end ?? history.Now(), name, observation));
        if (record is not null)
            history.Known[id] = record;
    }

    private UploadRecord AnyBlank() => history.Blank[random.Next(history.Blank.Count)];

    private UploadRecord AnyContent(UploadRecord record) => record with
    {
        Attempts = history.NextMark(),
        Status = Statuses[random.Next(Statuses.Length)],
        DueAt = random.Next(3) == 0 ? null : AnyTime(),
        RetireAt = random.Next(3) == 0 ? AnyTime() : null,
    };

    private DateTimeOffset AnyTime() => Sample.Start.AddHours(random.Next(8));
}
