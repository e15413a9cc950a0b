using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class ListByAssociation
{
    private static readonly UploadFilter Avatars = UploadFilter.ForAssociation("user", "42", "avatar");
    private static readonly UploadFilter AnyKind = UploadFilter.ForAssociation("user", "42");

    public static async Task The_newest_of_any_kind_come_first_up_to_the_limit(CaseContext context)
    {
        string?[] kinds = ["cover", null, "avatar", "cover", "avatar", null];
        var records = new List<UploadRecord>();
        for (var minutes = 0; minutes < kinds.Length; minutes++)
            records.Insert(0, await context.AddAsync(SampleRecords.CreateAssociated("user", "42", kinds[minutes], minutes)));

        await context.AssertListAsync(AnyKind, records);
        await context.AssertListAsync(AnyKind, records[..4], limit: 4);
        await context.AssertListAsync(AnyKind, records[..1], limit: 1);
        await context.AssertListAsync(Avatars, records.Where(record => record.Association!.Kind == "avatar"));
        await context.AssertListAsync(Avatars, records.Where(record => record.Association!.Kind == "avatar").Take(1), limit: 1);
    }

    public static async Task Similar_associations_have_separate_lists(CaseContext context)
    {
        var associations = SampleAssociations.CreateSimilar().Distinct().ToArray();
        await context.AddAllAsync(associations.Select((association, at) => SampleRecords.CreateOwned("ada", at) with
        {
            Association = association,
        }));
        var added = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();

        foreach (var (type, id) in associations.Select(association => (association.Type, association.Id)).Distinct())
            await context.AssertListAsync(
                UploadFilter.ForAssociation(type, id),
                added.Where(record => (record.Association!.Type, record.Association.Id) == (type, id)));
        foreach (var association in associations.Where(association => association.Kind is not null))
            await context.AssertListAsync(
                UploadFilter.ForAssociation(association.Type, association.Id, association.Kind),
                added.Where(record => record.Association == association));
    }

    public static async Task A_kind_lists_only_itself_and_no_kind_lists_all(CaseContext context)
    {
        string?[] kinds = [null, "avatar", "Avatar", "avatar ", "ava", "null", " ", "-"];
        var records = new List<UploadRecord>();
        for (var minutes = 0; minutes < kinds.Length; minutes++)
            records.Insert(0, await context.AddAsync(SampleRecords.CreateAssociated("user", "42", kinds[minutes], minutes)));

        await context.AssertListAsync(AnyKind, records);
        foreach (var kind in kinds.OfType<string>())
            await context.AssertListAsync(
                UploadFilter.ForAssociation("user", "42", kind), records.Where(record => record.Association!.Kind == kind));
        await context.AssertListAsync(UploadFilter.ForAssociation("user", "42", "cover"), []);
    }

    public static async Task Attached_moved_and_detached_uploads_change_lists(CaseContext context)
    {
        var stays = await context.AddAsync(SampleRecords.CreateAssociated("user", "42", "avatar", minutes: 1));
        var record = await context.AddAsync(SampleRecords.CreateOwned("ada", minutes: 2));
        await context.AssertListAsync(AnyKind, [stays]);

        record = await context.UpdateAsync(record with { Association = new("user", "42", "avatar"), AttachedAt = SampleRecords.Start });
        await context.AssertListAsync(AnyKind, [record, stays]);
        await context.AssertListAsync(Avatars, [record, stays]);

        record = await context.UpdateAsync(record with { Association = new("user", "42", "cover") });
        await context.AssertListAsync(AnyKind, [record, stays]);
        await context.AssertListAsync(Avatars, [stays]);

        record = await context.UpdateAsync(record with { Association = new("user", "43", "avatar") });
        await context.AssertListAsync(AnyKind, [stays]);
        await context.AssertListAsync(UploadFilter.ForAssociation("user", "43"), [record]);

        record = await context.UpdateAsync(record with { Association = null, AttachedAt = null });
        await context.AssertListAsync(UploadFilter.ForAssociation("user", "43"), []);
        await context.AssertListAsync(AnyKind, [stays]);
        await context.AssertOwnerListAsync("ada", [record]);
    }

    public static async Task Lists_show_the_latest_state_of_every_upload(CaseContext context)
    {
        var record = await context.AddAsync(SampleRecords.CreateAssociated("user", "42", "avatar"));
        record = await context.UpdateAsync(
            record with { Status = UploadStatus.Ready, IsReplacing = true, NextActionAt = SampleRecords.Start });
        await context.AssertListAsync(Avatars, [record]);
        record = await context.LeaseSingleDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1));
        await context.AssertListAsync(Avatars, [record]);
        await context.AssertListAsync(AnyKind, [record]);
    }

    public static async Task Deleted_uploads_are_not_listed(CaseContext context)
    {
        var stays = await context.AddAsync(SampleRecords.CreateAssociated("user", "42", "avatar", minutes: 1));
        var deleted = await context.AddAsync(SampleRecords.CreateAssociated("user", "42", "avatar", minutes: 2));
        await context.AssertListAsync(Avatars, [deleted, stays]);
        await context.Store.DeleteAsync(deleted.Id, context.CancellationToken);
        await context.AssertListAsync(Avatars, [stays]);
        await context.AssertListAsync(AnyKind, [stays]);

        var added = await context.AddAsync(deleted with { Association = new("user", "43") });
        await context.AssertListAsync(AnyKind, [stays]);
        await context.AssertListAsync(UploadFilter.ForAssociation("user", "43"), [added]);
    }

    public static async Task Paging_lists_every_upload_once_in_order(CaseContext context)
    {
        // Several records of one millisecond are distinguished only by their ids.
        await context.AddAllAsync(SampleRecords.CreateMany(
            43, at => SampleRecords.CreateAssociated("user", "42", at % 3 == 0 ? null : at % 3 == 1 ? "avatar" : "cover", at / 4)));
        await context.AddAllAsync(SampleRecords.CreateMany(20, at => SampleRecords.CreateAssociated("user", "43", "avatar", at)));
        var all = (await context.ListAllAsync()).Where(record => record.Association!.Id == "42")
            .OrderByDescending(record => record.Id).ToArray();

        await context.AssertPagesAsync(AnyKind, all, pageSize: 10);
        await context.AssertPagesAsync(Avatars, [.. all.Where(record => record.Association!.Kind == "avatar")], pageSize: 7);
    }

    public static async Task Paging_can_start_after_an_unlisted_id(CaseContext context)
    {
        var records = new List<UploadRecord>();
        for (var minutes = 0; minutes < 4; minutes++)
            records.Add(await context.AddAsync(SampleRecords.CreateAssociated("user", "42", minutes: minutes)));
        var moved = await context.UpdateAsync(records[2] with { Association = null });

        await context.AssertListAsync(AnyKind with { Before = moved.Id }, [records[1], records[0]]);
        await context.AssertListAsync(
            AnyKind with { Before = UploadId.Create(SampleRecords.Start.AddMinutes(9)) }, [records[3], records[1], records[0]]);
        await context.AssertListAsync(AnyKind with { Before = records[0].Id }, []);
        await context.AssertListAsync(AnyKind with { Before = default(UploadId) }, []);
    }

    public static async Task Owner_and_association_both_apply(CaseContext context)
    {
        string?[] owners = ["ada", null, "bob", "Ada", ""];
        foreach (var owner in owners)
        {
            foreach (var association in new UploadAssociation?[]
            {
                new("user", "42", "avatar"), new("user", "42"), new("user", "43"), null,
            })
                await context.AddAsync(SampleRecords.CreateOwned(owner) with { Association = association });
        }

        var added = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();
        foreach (var owner in owners)
        {
            var owned = added.Where(record => record.Owner == owner && record.Association?.Id == "42").ToArray();
            await context.AssertListAsync(UploadFilter.ForOwner(owner) with { Association = AnyKind.Association }, owned);
            await context.AssertListAsync(
                UploadFilter.ForOwner(owner) with { Association = Avatars.Association },
                owned.Where(record => record.Association!.Kind == "avatar"));
        }

        await context.AssertListAsync(UploadFilter.ForOwner("eve") with { Association = AnyKind.Association }, []);
    }

    public static async Task A_page_can_hold_a_thousand_records(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(
            1010, at => SampleRecords.CreateAssociated("user", "42", at % 2 == 0 ? "avatar" : null, at)));
        var all = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();
        await context.AssertListAsync(AnyKind, all[..1000]);
        await context.AssertListAsync(AnyKind with { Before = all[999].Id }, all[1000..]);
        await context.AssertListAsync(Avatars, all.Where(record => record.Association!.Kind == "avatar"));
    }
}
