using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Whatever a record holds comes back by every way that there is to it.</summary>
internal static class Fields
{
    public static Task Each_comes_back_as_it_was_added(Bench bench) =>
        bench.EachAsync(Extremes.OneByOne(), async one =>
        {
            var (property, record) = one;
            var added = await bench.AddAsync(record);
            Check.Same(record with { Version = 1 }, added, $"what an add returns, of an extreme {property},");
            Check.Same(added, await bench.FindAsync(record.Id), $"what was added with an extreme {property}");
        });

    public static Task Each_comes_back_as_it_was_changed(Bench bench) =>
        bench.EachAsync(Extremes.ChangesOneByOne(), async one =>
        {
            var (property, record) = one;
            await bench.AddAsync(Sample.Record(record.Id));
            var changed = await bench.ChangeAsync(record with { Version = 1 });
            Check.Same(record with { Version = 2 }, changed, $"what an update returns, of an extreme {property},");
            Check.Same(changed, await bench.FindAsync(record.Id), $"what was changed to an extreme {property}");
        });

    public static Task Each_can_be_changed_back(Bench bench) =>
        bench.EachAsync(Extremes.ChangesOneByOne(), async one =>
        {
            var (property, record) = one;
            await bench.AddAsync(record);
            var ordinary = Sample.Record(record.Id);
            await bench.ChangeAsync(ordinary with { Version = 1 });
            Check.Same(ordinary with { Version = 2 }, await bench.FindAsync(record.Id), $"what was changed back from an extreme {property}");
        });

    public static async Task All_come_back_from_a_listing_of_everything(Bench bench)
    {
        var added = await AddAsync(bench, record => record);
        Check.SameInAnyOrder(added, await bench.ListAllAsync(), "the listing of everything");
    }

    public static async Task All_come_back_from_an_owner_s_list(Bench bench)
    {
        var added = await AddAsync(bench, record => record with { Owner = "ada" });
        await bench.ListsAsync("ada", added.OrderByDescending(record => record.Id));
    }

    public static async Task All_come_back_from_a_claim(Bench bench)
    {
        var added = await AddAsync(bench, record => record with { DueAt = Sample.Start });
        var claimed = await bench.ClaimAsync(Sample.Start, Sample.Start.AddTicks(7));

        var due = added.Select(record => record with { DueAt = Sample.Start.AddTicks(7), Version = 2 }).ToArray();
        Check.SameInAnyOrder(due, claimed, "what a claim returns");
        foreach (var record in due)
            Check.Same(record, await bench.FindAsync(record.Id), "what was claimed");
    }

    public static async Task An_instant_told_in_another_zone_is_that_instant(Bench bench)
    {
        var (zone, due) = (TimeSpan.FromHours(5.5), Sample.Start.AddHours(1));
        var added = await bench.AddAsync(Sample.Due(TimeSpan.FromHours(1)) with { DueAt = due.ToOffset(zone), GrantExpiresAt = due.ToOffset(-zone) });
        var found = await bench.FindAsync(added.Id);

        Check.Equal(due, found?.DueAt, "the same instant");
        Check.Equal(due, found?.GrantExpiresAt, "the same instant");
        Check.Same([], await bench.ClaimAsync(due.AddTicks(-1), due.AddHours(1)), "a claim a tick before it");
        Check.Equal(1, (await bench.ClaimAsync(due, due.AddHours(1))).Count, "how many a claim at that instant takes");
    }

    private static async Task<UploadRecord[]> AddAsync(Bench bench, Func<UploadRecord, UploadRecord> bend)
    {
        UploadRecord[] records = [.. Extremes.AllAtOnce().Select(bend).Select(record => record with { Version = 1 })];
        await bench.AddAllAsync(records);
        return records;
    }
}
