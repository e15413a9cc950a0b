using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class ListByOwner
{
    public static async Task The_newest_come_first_up_to_the_limit(CaseContext context)
    {
        foreach (var minutes in new[] { 1, 3, 0, 2 })
            await context.AddAsync(SampleRecords.CreateOwned("ada", minutes) with { Attempts = minutes, Version = 1 });
        var all = (await context.ListAllAsync()).OrderByDescending(record => record.Attempts).ToArray();

        await context.AssertOwnerListAsync("ada", all);
        await context.AssertOwnerListAsync("ada", all[..2], limit: 2);
        await context.AssertOwnerListAsync("ada", all[..1], limit: 1);
    }

    public static async Task Similar_owner_names_have_separate_lists(CaseContext context)
    {
        string?[] owners =
        [
            null, .. SampleTexts.Unusual, "ada", "Ada", "ADA", "ada ", " ada", "adà", "ad", "adam", "a%", "a_a", "ada\t",
            SampleTexts.Long[..200],
        ];
        foreach (var owner in owners)
            await context.AddAsync(SampleRecords.CreateOwned(owner));
        var added = await context.ListAllAsync();

        ContractAssert.Equal(owners.Length, owners.Distinct().Count(), "the number of distinct owners");
        foreach (var owner in owners)
            await context.AssertOwnerListAsync(owner, added.Where(record => record.Owner == owner));
        await context.AssertOwnerListAsync("unknown", []);
    }

    public static async Task A_null_owner_is_distinct_from_every_name(CaseContext context)
    {
        var anonymous = await context.AddAsync(SampleRecords.CreateOwned(null));
        await context.AssertOwnerListAsync(null, [anonymous]);
        foreach (var name in new[] { "", "null", "NULL", "anonymous", "-" })
            await context.AssertOwnerListAsync(name, []);
    }

    public static async Task Paging_lists_every_record_once_in_order(CaseContext context)
    {
        foreach (var owner in new[] { "ada", null })
        {
            // Several records of one millisecond are distinguished only by their ids.
            await context.AddAllAsync(SampleRecords.CreateMany(43, at => SampleRecords.CreateOwned(owner, at / 4)));
            await context.AddAllAsync(SampleRecords.CreateMany(5, at => SampleRecords.CreateOwned("bob", at)));
            var all = (await context.ListAllAsync())
                .Where(record => record.Owner == owner).OrderByDescending(record => record.Id).ToArray();
            await context.AssertOwnerListAsync(owner, all);

            UploadId? before = null;
            for (var from = 0; from <= all.Length; from += 10)
            {
                var page = all.Skip(from).Take(10).ToArray();
                await context.AssertOwnerListAsync(owner, page, limit: 10, before);
                before = page[^1].Id;
            }

            await context.AssertOwnerListAsync(owner, [], limit: 10, before);
        }
    }

    public static async Task Paging_can_start_after_an_unlisted_id(CaseContext context)
    {
        var records = new List<UploadRecord>();
        for (var minutes = 0; minutes < 4; minutes++)
            records.Add(await context.AddAsync(SampleRecords.CreateOwned("ada", minutes)));
        var foreign = await context.AddAsync(
            SampleRecords.Create(UploadId.Create(SampleRecords.Start.AddSeconds(90))) with { Owner = "bob" });
        await context.Store.DeleteAsync(records[2].Id, context.CancellationToken);

        await context.AssertOwnerListAsync("ada", [records[1], records[0]], before: records[2].Id);
        await context.AssertOwnerListAsync("ada", [records[1], records[0]], before: foreign.Id);
        await context.AssertOwnerListAsync(
            "ada", [records[3], records[1], records[0]], before: UploadId.Create(SampleRecords.Start.AddMinutes(9)));
        await context.AssertOwnerListAsync("ada", [], before: records[0].Id);
    }

    public static async Task Lists_show_the_latest_state_of_every_upload(CaseContext context)
    {
        var one = await context.AddAsync(SampleRecords.CreateOwned("ada", 2));
        var two = await context.AddAsync(SampleRecords.CreateOwned("ada", 1) with { Profile = "videos", Status = UploadStatus.Ready });
        await context.AssertOwnerListAsync("ada", [one, two]);
        var changed = await context.UpdateAsync(
            one with { Status = UploadStatus.Aborted, Attempts = 3, NextActionAt = SampleRecords.Start });
        await context.AssertOwnerListAsync("ada", [changed, two]);
        var leased = await context.LeaseSingleDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1));
        await context.AssertOwnerListAsync("ada", [leased, two]);
        await context.Store.DeleteAsync(two.Id, context.CancellationToken);
        await context.AssertOwnerListAsync("ada", [leased]);
    }

    public static async Task A_page_can_hold_a_thousand_records(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(1010, at => SampleRecords.CreateOwned("ada", at)));
        var all = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();
        await context.AssertOwnerListAsync("ada", all[..1000]);
        await context.AssertOwnerListAsync("ada", all[1000..], before: all[999].Id);
    }
}
