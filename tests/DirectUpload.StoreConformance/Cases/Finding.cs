using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Finding
{
    public static async Task What_is_not_there_is_null(Bench bench)
    {
        await bench.AddAsync(Sample.Record());
        Check.Missing(await bench.FindAsync(UploadId.New(Sample.Start)), "an id that was never added");
    }

    public static async Task Every_completed_write_is_seen_by_the_other_instance(Bench bench)
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, another) = (bench.Of(round), bench.Of(round + 1));
            var record = await one.AddAsync(Sample.Due(TimeSpan.Zero), bench.Cancellation);
            Check.Same(record, await another.FindAsync(record.Id, bench.Cancellation), "what was just added");
            record = await bench.ChangeAsync(one, record with { Attempts = round });
            Check.Same(record, await another.FindAsync(record.Id, bench.Cancellation), "what was just changed");
            record = await bench.ChangeAsync(another, record with { Attempts = round + 1 });
            Check.Same(record, await one.FindAsync(record.Id, bench.Cancellation), "what the other instance just changed");
            await another.DeleteAsync(record.Id, bench.Cancellation);
            Check.Missing(await one.FindAsync(record.Id, bench.Cancellation), "what was just deleted");
        }
    }

    public static async Task A_claim_is_seen_by_the_other_instance(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
        await bench.FindAsync(added.Id);
        var claimed = await bench.ClaimOneAsync(Sample.Start, Sample.Start.AddHours(1));
        Check.Same(claimed, await bench.FindAsync(added.Id), "what was just claimed");
    }

    public static async Task Nobody_sees_half_a_write_or_an_older_state_than_before(Bench bench)
    {
        const int writes = 60;
        var record = await bench.AddAsync(Numbered(Sample.Record(), 1));
        using var done = new CancellationTokenSource();
        await Bench.AtOnceAsync(3, async actor =>
        {
            if (actor == 0)
            {
                try
                {
                    for (var number = 2; number <= writes; number++)
                        record = await bench.ChangeAsync(Numbered(record, number));
                }
                finally
                {
                    await done.CancelAsync();
                }

                return;
            }

            for (var last = 0L; !done.IsCancellationRequested;)
            {
                var found = await bench.Of(actor).FindAsync(record.Id, bench.Cancellation);
                Check.That(found?.Version >= last, $"version {found?.Version} was found after version {last}");
                Check.Same(Numbered(found!, (int)found!.Version), found, "what is found while it is written");
                last = found.Version;
            }
        });
        Check.Equal(writes, record.Version, "the last version");
    }

    private static UploadRecord Numbered(UploadRecord record, int number) => record with
    {
        Attempts = number,
        ETag = $"\"{number}\"",
        Findings = new Dictionary<string, string> { ["number"] = $"{number}" },
    };
}
