using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class OwnerLists
{
    public static async Task The_newest_come_first_up_to_the_limit(Bench bench)
    {
        foreach (var minutes in new[] { 1, 3, 0, 2 })
            await bench.AddAsync(Sample.Owned("ada", minutes) with { Attempts = minutes, Version = 1 });
        var all = (await bench.ListAllAsync()).OrderByDescending(record => record.Attempts).ToArray();

        await bench.ListsAsync("ada", all);
        await bench.ListsAsync("ada", all[..2], limit: 2);
        await bench.ListsAsync("ada", all[..1], limit: 1);
    }

    public static async Task Each_owner_has_a_list_however_like_another_s_its_name_is(Bench bench)
    {
        string?[] owners = [null, .. Texts.Odd, "ada", "Ada", "ADA", "ada ", " ada", "adà", "ad", "adam", "a%", "a_a", "ada\t", Texts.Long[..200]];
        foreach (var owner in owners)
            await bench.AddAsync(Sample.Owned(owner));
        var added = await bench.ListAllAsync();

        Check.Equal(owners.Length, owners.Distinct().Count(), "how many owners there are here");
        foreach (var owner in owners)
            await bench.ListsAsync(owner, added.Where(record => record.Owner == owner));
        await bench.ListsAsync("nobody", []);
    }

    public static async Task No_owner_at_all_is_not_an_owner_by_any_name(Bench bench)
    {
        var anonymous = await bench.AddAsync(Sample.Owned(null));
        await bench.ListsAsync(null, [anonymous]);
        foreach (var name in new[] { "", "null", "NULL", "anonymous", "-" })
            await bench.ListsAsync(name, []);
    }

    public static async Task A_walk_page_by_page_shows_everything_once_in_order(Bench bench)
    {
        foreach (var owner in new[] { "ada", null })
        {
            // Several of one millisecond: only their ids tell them apart.
            await bench.AddAllAsync(Sample.Many(43, at => Sample.Owned(owner, at / 4)));
            await bench.AddAllAsync(Sample.Many(5, at => Sample.Owned("bob", at)));
            var all = (await bench.ListAllAsync()).Where(record => record.Owner == owner).OrderByDescending(record => record.Id).ToArray();
            await bench.ListsAsync(owner, all);

            UploadId? before = null;
            for (var from = 0; from <= all.Length; from += 10)
            {
                var page = all.Skip(from).Take(10).ToArray();
                await bench.ListsAsync(owner, page, limit: 10, before);
                before = page[^1].Id;
            }

            await bench.ListsAsync(owner, [], limit: 10, before);
        }
    }

    public static async Task A_page_follows_an_id_that_is_not_in_the_list(Bench bench)
    {
        var records = new List<UploadRecord>();
        for (var minutes = 0; minutes < 4; minutes++)
            records.Add(await bench.AddAsync(Sample.Owned("ada", minutes)));
        var foreign = await bench.AddAsync(Sample.Record(UploadId.New(Sample.Start.AddSeconds(90))) with { Owner = "bob" });
        await bench.Store.DeleteAsync(records[2].Id, bench.Cancellation);

        await bench.ListsAsync("ada", [records[1], records[0]], before: records[2].Id);
        await bench.ListsAsync("ada", [records[1], records[0]], before: foreign.Id);
        await bench.ListsAsync("ada", [records[3], records[1], records[0]], before: UploadId.New(Sample.Start.AddMinutes(9)));
        await bench.ListsAsync("ada", [], before: records[0].Id);
    }

    public static async Task They_show_the_newest_state_of_any_profile_and_status(Bench bench)
    {
        var one = await bench.AddAsync(Sample.Owned("ada", 2));
        var two = await bench.AddAsync(Sample.Owned("ada", 1) with { Profile = "videos", Status = UploadStatus.Ready });
        await bench.ListsAsync("ada", [one, two]);
        var changed = await bench.ChangeAsync(one with { Status = UploadStatus.Aborted, Attempts = 3, DueAt = Sample.Start });
        await bench.ListsAsync("ada", [changed, two]);
        var claimed = await bench.ClaimOneAsync(Sample.Start, Sample.Start.AddHours(1));
        await bench.ListsAsync("ada", [claimed, two]);
        await bench.Store.DeleteAsync(two.Id, bench.Cancellation);
        await bench.ListsAsync("ada", [claimed]);
    }

    public static async Task A_thousand_make_a_page(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(1010, at => Sample.Owned("ada", at)));
        var all = (await bench.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();
        await bench.ListsAsync("ada", all[..1000]);
        await bench.ListsAsync("ada", all[1000..], before: all[999].Id);
    }
}
