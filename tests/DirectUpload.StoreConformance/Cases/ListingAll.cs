using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class ListingAll
{
    public static async Task An_empty_store_lists_nothing(Bench bench) => Check.Same([], await bench.ListAllAsync(), "the listing of an empty store");

    public static async Task Thousands_are_listed_exactly_once(Bench bench)
    {
        UploadRecord[] records = [.. Sample.Many(2345, at => Sample.Owned(at % 3 == 0 ? null : "ada", at / 100) with { Version = 1 })];
        await bench.AddAllAsync(records);
        Check.SameInAnyOrder(records, await bench.ListAllAsync(), "the listing of everything");
    }

    public static async Task What_stays_is_listed_exactly_once_while_others_come_change_and_go(Bench bench)
    {
        // More than a page stays, and what moves lies before, between and behind it.
        UploadRecord[] stays = [.. Sample.Many(1300, at => Sample.Owned("ada", at) with { Version = 1 })];
        List<UploadRecord> moving = [.. Sample.Many(300, at => Sample.Owned("bob", at * 4) with { Version = 1 })];
        await bench.AddAllAsync(stays.Concat(moving));

        using var done = new CancellationTokenSource();
        await Bench.AtOnceAsync(2, async actor =>
        {
            if (actor == 0)
            {
                try
                {
                    for (var round = 0; round < 3; round++)
                        await ListsAsync(bench, stays);
                }
                finally
                {
                    await done.CancelAsync();
                }

                return;
            }

            for (var turn = 0; !done.IsCancellationRequested; turn++)
            {
                var at = turn % moving.Count;
                await bench.Store.DeleteAsync(moving[at].Id, bench.Cancellation);
                moving[at] = await bench.AddAsync(Sample.Owned("bob", turn % 1300));
                moving[at] = await bench.ChangeAsync(moving[at] with { Attempts = turn });
            }
        });
    }

    public static async Task A_listing_that_began_before_a_delete_still_shows_the_rest(Bench bench)
    {
        UploadRecord[] records = [.. Sample.Many(1200, at => Sample.Owned(null, at) with { Version = 1 })];
        await bench.AddAllAsync(records);
        var listed = new List<UploadRecord>();
        var deleted = new HashSet<UploadId>();
        await foreach (var record in bench.Other.ListAllAsync(bench.Cancellation))
        {
            listed.Add(record);
            // Whoever pages by counting loses one for each of these.
            if (listed.Count <= 100)
            {
                deleted.Add(record.Id);
                await bench.Store.DeleteAsync(record.Id, bench.Cancellation);
            }
        }

        Check.SameInAnyOrder(records, listed, "a listing whose first hundred were deleted once they were seen");
        Check.SameInAnyOrder(records.Where(record => !deleted.Contains(record.Id)), await bench.ListAllAsync(), "the next listing");
    }

    public static async Task It_can_be_left_midway(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(700, _ => Sample.Record()));
        for (var round = 0; round < 5; round++)
        {
            await foreach (var record in bench.Other.ListAllAsync(bench.Cancellation))
            {
                Check.Same(record, await bench.Store.FindAsync(record.Id, bench.Cancellation), "a record found while it is listed");
                break;
            }
        }

        Check.Equal(700, (await bench.ListAllAsync()).Count, "how many the next listing shows");
    }

    public static async Task It_can_be_cancelled_midway(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(1500, _ => Sample.Record()));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(bench.Cancellation);
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in bench.Other.ListAllAsync(source.Token))
            {
                if (++seen == 3)
                    await source.CancelAsync();
            }
        });
        Check.That(seen >= 3, "what was listed before it was cancelled");
    }

    private static async Task ListsAsync(Bench bench, UploadRecord[] stays)
    {
        var listed = await bench.ListAllAsync();
        Check.Equal(listed.Count, listed.Select(record => record.Id).Distinct().Count(), "how many different ones are listed");
        Check.SameInAnyOrder(stays, listed.Where(record => record.Owner == "ada"), "what stays while others come and go");
    }
}
