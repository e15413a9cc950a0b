using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class ClaimRaces
{
    private static readonly DateTimeOffset Now = Sample.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddHours(1);

    public static async Task Of_many_claimants_each_record_is_given_to_one(Bench bench)
    {
        const int records = 90;
        await bench.AddAllAsync(Sample.Many(records, at => Sample.Due(TimeSpan.FromSeconds(at))));
        await Task.Delay(bench.Traits.ClaimsLag, bench.Cancellation);
        var claimed = new ConcurrentBag<UploadRecord>();
        var patience = bench.Traits.ClaimsLag + TimeSpan.FromSeconds(10);
        var since = Stopwatch.StartNew();
        await Bench.AtOnceAsync(6, async actor =>
        {
            while (claimed.Count < records && since.Elapsed < patience)
            {
                foreach (var record in await bench.Of(actor).ClaimDueAsync(Now, Until, 7, bench.Cancellation))
                    claimed.Add(record);
            }
        });

        Check.Equal(records, claimed.Count, "how many were given away");
        Check.Equal(records, claimed.Select(record => record.Id).Distinct().Count(), "how many different ones");
        Check.SameInAnyOrder(claimed, await bench.ListAllAsync(), "what is stored after the claims");
        Check.That(claimed.All(record => record.Version == 2), "a claim is one version, not more");
        Check.Same([], await bench.ClaimAsync(Now, Until), "a claim of what is all given away");
    }

    public static async Task A_claim_and_an_update_at_once_both_count_or_the_update_is_lost(Bench bench)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
            await Task.Delay(bench.Traits.ClaimsLag, bench.Cancellation);
            UploadRecord? claimed = null, updated = null;
            await Bench.AtOnceAsync(2, async actor =>
            {
                if (actor == 0)
                    claimed = (await bench.Store.ClaimDueAsync(Now, Until, 1, bench.Cancellation)).SingleOrDefault();
                else
                    updated = await bench.Other.TryUpdateAsync(added with { Attempts = 5 }, bench.Cancellation);
            });

            // Where the update overtook the claim, the claim may have missed it, or may have taken its outcome; never what was before.
            var expected = (claimed, updated) switch
            {
                (not null, not null) => added with { Attempts = 5, DueAt = Until, Version = 3 },
                (not null, null) => added with { DueAt = Until, Version = 2 },
                _ => added with { Attempts = 5, Version = 2 },
            };
            if (claimed is not null)
                Check.Same(expected, claimed, $"what was claimed {(updated is null ? "before" : "after")} the update");
            Check.Same(expected, await bench.FindAsync(added.Id), "what is stored after both");
            await bench.Store.DeleteAsync(added.Id, bench.Cancellation);
        }
    }

    public static async Task A_claim_brings_nothing_back_that_is_deleted_at_once(Bench bench)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
            await Bench.AtOnceAsync(2, async actor =>
            {
                if (actor == 0)
                    await bench.Store.ClaimDueAsync(Now, Until, 10, bench.Cancellation);
                else
                    await bench.Other.DeleteAsync(added.Id, bench.Cancellation);
            });
            Check.Missing(await bench.FindAsync(added.Id), "what was deleted while it was claimed");
        }

        Check.Same([], await bench.ListAllAsync(), "what is left");
    }
}
