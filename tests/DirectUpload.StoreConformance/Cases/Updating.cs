using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Updating
{
    public static async Task The_newest_version_counts_up_and_any_other_is_lost(Bench bench)
    {
        var first = await bench.AddAsync(Sample.Record());
        var second = await bench.ChangeAsync(first with { Attempts = 1 });
        Check.Same(first with { Attempts = 1, Version = 2 }, second, "what an update returns");

        foreach (var store in new[] { bench.Store, bench.Other })
        {
            foreach (var version in new long[] { 0, 1, 3, long.MaxValue })
                Check.Missing(await store.TryUpdateAsync(second with { Attempts = 9, Version = version }, bench.Cancellation), $"an update of version {version}");
        }

        Check.Same(second, await bench.FindAsync(first.Id), "what was changed");
        Check.Equal(3, (await bench.ChangeAsync(bench.Other, second)).Version, "the version after an update that changes nothing");
    }

    public static async Task What_is_not_there_is_not_changed_and_does_not_appear(Bench bench)
    {
        var never = Sample.Record() with { Version = 1 };
        Check.Missing(await bench.UpdateAsync(never), "an update of what was never added");
        Check.Missing(await bench.UpdateAsync(never with { Version = 0 }), "an update of version 0");
        Check.Missing(await bench.FindAsync(never.Id), "what was never added");

        var deleted = await bench.AddAsync(Sample.Owned("ada"));
        await bench.Store.DeleteAsync(deleted.Id, bench.Cancellation);
        Check.Missing(await bench.UpdateAsync(deleted), "an update of what was deleted");
        Check.Missing(await bench.FindAsync(deleted.Id), "what was deleted");
        await bench.ListsAsync("ada", []);
        await bench.CountsAsync("photos", "ada", 0, 0);
    }

    public static async Task One_record_s_update_leaves_the_others_alone(Bench bench)
    {
        var (one, another) = (await bench.AddAsync(Sample.Owned("ada")), await bench.AddAsync(Sample.Owned("ada")));
        await bench.ChangeAsync(one with { Status = UploadStatus.Ready, DueAt = Sample.Start });
        Check.Same(another, await bench.FindAsync(another.Id), "the other record");
    }

    public static async Task Of_many_that_update_one_version_one_wins(Bench bench)
    {
        var record = await bench.AddAsync(Sample.Record());
        for (var round = 0; round < 25; round++)
        {
            var before = record;
            var outcomes = await Bench.AtOnceAsync(6, async actor =>
                await bench.Of(actor).TryUpdateAsync(before with { Attempts = (round * 10) + actor }, bench.Cancellation));

            var winners = outcomes.OfType<UploadRecord>().ToArray();
            Check.Equal(1, winners.Length, "how many of six updated one version");
            record = winners[0];
            Check.Equal(before.Version + 1, record.Version, "the winner's version");
            Check.Same(record, await bench.FindAsync(record.Id), "what the winner stored");
        }
    }

    public static async Task No_update_is_lost_when_everybody_tries_again(Bench bench)
    {
        const int actors = 4, each = 15;
        var added = await bench.AddAsync(Sample.Record());
        await Bench.AtOnceAsync(actors, async actor =>
        {
            var tries = 0;
            for (var counted = 0; counted < each;)
            {
                Check.That(++tries < 1000, "A thousand updates of the newest version were refused.");
                var found = await bench.Of(actor).FindAsync(added.Id, bench.Cancellation) ?? added;
                if (await bench.Of(actor).TryUpdateAsync(found with { Attempts = found.Attempts + 1 }, bench.Cancellation) is not null)
                    counted++;
            }
        });

        var last = await bench.FindAsync(added.Id);
        Check.Equal(actors * each, last?.Attempts, "what was counted");
        Check.Equal((actors * each) + 1, last?.Version, "the version");
    }
}
