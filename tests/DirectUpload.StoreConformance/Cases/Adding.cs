using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Adding
{
    public static async Task A_new_record_becomes_version_1_whatever_it_said(Bench bench)
    {
        var record = Sample.Record() with { Version = 7 };
        var added = await bench.AddAsync(record);

        Check.Same(record with { Version = 1 }, added, "what an add returns");
        Check.Same(added, await bench.FindAsync(record.Id), "what was added");
    }

    public static async Task An_id_is_taken_once_and_the_first_record_stays(Bench bench)
    {
        var first = await bench.AddAsync(Sample.Owned("ada"));

        foreach (var store in new[] { bench.Store, bench.Other })
        {
            await IsTaken(store, first);
            await IsTaken(store, Sample.Record(first.Id) with { Owner = "bob", Profile = "videos", ClaimedSize = 9, DueAt = Sample.Start });
        }

        Check.Same(first, await bench.FindAsync(first.Id), "what was added first");
        await bench.ListsAsync("bob", []);
        await bench.CountsAsync("photos", "ada", 1, 100);
        await bench.CountsAsync("videos", "bob", 0, 0);

        async Task IsTaken(IUploadRecordStore store, UploadRecord record) =>
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddAsync(record, bench.Cancellation).AsTask());
    }

    public static async Task An_id_stays_taken_when_its_record_has_changed(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());
        var changed = await bench.ChangeAsync(added with { Status = UploadStatus.Ready });

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Store.AddAsync(added, bench.Cancellation).AsTask());
        Check.Same(changed, await bench.FindAsync(added.Id), "what was changed before");
    }

    public static async Task Of_many_that_add_one_id_one_wins(Bench bench)
    {
        for (var round = 0; round < 10; round++)
        {
            var record = Sample.Owned($"racer {round}");
            var outcomes = await Bench.AtOnceAsync(6, async actor =>
            {
                try
                {
                    return await bench.Of(actor).AddAsync(record with { Attempts = actor }, bench.Cancellation);
                }
                catch (InvalidOperationException)
                {
                    return null;
                }
            });

            var winners = outcomes.OfType<UploadRecord>().ToArray();
            Check.Equal(1, winners.Length, "how many added one id");
            Check.Same(winners[0], await bench.FindAsync(record.Id), "what the winner added");
            await bench.CountsAsync("photos", record.Owner, 1, 100);
        }
    }

    public static async Task What_was_deleted_can_be_added_again_and_begins_at_version_1(Bench bench)
    {
        var first = await bench.AddAsync(Sample.Owned("ada"));
        await bench.ChangeAsync(first with { Attempts = 5 });
        await bench.Store.DeleteAsync(first.Id, bench.Cancellation);
        var again = await bench.AddAsync(first with { FileName = "again.png" });

        Check.Equal(1, again.Version, "the version of what was added again");
        Check.Same(again, await bench.FindAsync(first.Id), "what was added again");
        await bench.ListsAsync("ada", [again]);
        await bench.CountsAsync("photos", "ada", 1, 100);
    }
}
