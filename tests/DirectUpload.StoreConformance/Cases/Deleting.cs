using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Deleting
{
    public static async Task What_was_deleted_has_gone_everywhere_and_nothing_else(Bench bench)
    {
        var gone = await bench.AddAsync(Sample.Owned("ada") with { DueAt = Sample.Start, RetireAt = Sample.Start });
        var stays = await bench.AddAsync(Sample.Owned("ada") with { DueAt = Sample.Start.AddDays(1) });
        await bench.Store.DeleteAsync(gone.Id, bench.Cancellation);

        Check.Missing(await bench.FindAsync(gone.Id), "what was deleted");
        Check.Same(stays, await bench.FindAsync(stays.Id), "what was not deleted");
        Check.Same([stays], await bench.ListAllAsync(), "the listing of everything");
        await bench.ListsAsync("ada", [stays]);
        await bench.CountsAsync("photos", "ada", 1, 100);
        Check.Same([], await bench.ClaimAsync(Sample.Start, Sample.Start.AddHours(1)), "what is due");
    }

    public static async Task Deleting_twice_or_what_never_was_does_nothing(Bench bench)
    {
        var (gone, stays) = (await bench.AddAsync(Sample.Owned("ada")), await bench.AddAsync(Sample.Owned("ada")));
        foreach (var store in new[] { bench.Store, bench.Other, bench.Store })
            await store.DeleteAsync(gone.Id, bench.Cancellation);
        await bench.Store.DeleteAsync(UploadId.New(Sample.Start), bench.Cancellation);

        Check.Same([stays], await bench.ListAllAsync(), "the listing of everything");
        await bench.CountsAsync("photos", "ada", 1, 100);
    }

    public static async Task Any_version_is_deleted(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());
        await bench.ChangeAsync(await bench.ChangeAsync(added));
        await bench.Other.DeleteAsync(added.Id, bench.Cancellation);
        Check.Missing(await bench.FindAsync(added.Id), "what was deleted");
    }

    public static async Task An_update_at_once_brings_nothing_back(Bench bench)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await bench.AddAsync(Sample.Owned("ada"));
            await Bench.AtOnceAsync(2, async actor =>
            {
                if (actor == 0)
                    await bench.Store.TryUpdateAsync(added with { Attempts = 1 }, bench.Cancellation);
                else
                    await bench.Other.DeleteAsync(added.Id, bench.Cancellation);
            });
            Check.Missing(await bench.FindAsync(added.Id), "what was deleted while it was changed");
        }

        await bench.ListsAsync("ada", []);
    }
}
