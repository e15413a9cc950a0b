using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests that every method stores and returns every value of a record.</summary>
internal static class Fields
{
    public static Task Every_value_round_trips_through_an_add(CaseContext context) =>
        context.ForEachAsync(ExtremeRecords.CreateOnePerValue(), async one =>
        {
            var (property, record) = one;
            var added = await context.AddAsync(record);
            ContractAssert.Same(record with { Version = 1 }, added, $"the result of AddAsync with an extreme {property}");
            ContractAssert.Same(added, await context.FindAsync(record.Id), $"the added record with an extreme {property}");
        });

    public static Task Every_value_round_trips_through_an_update(CaseContext context) =>
        context.ForEachAsync(ExtremeRecords.CreateOnePerMutableValue(), async one =>
        {
            var (property, record) = one;
            await context.AddAsync(SampleRecords.Create(record.Id));
            var changed = await context.UpdateAsync(record with { Version = 1 });
            ContractAssert.Same(record with { Version = 2 }, changed, $"the result of TryUpdateAsync with an extreme {property}");
            ContractAssert.Same(changed, await context.FindAsync(record.Id), $"the record after an update to an extreme {property}");
        });

    public static Task Every_value_can_be_reset(CaseContext context) =>
        context.ForEachAsync(ExtremeRecords.CreateOnePerMutableValue(), async one =>
        {
            var (property, record) = one;
            await context.AddAsync(record);
            var ordinary = SampleRecords.Create(record.Id);
            await context.UpdateAsync(ordinary with { Version = 1 });
            ContractAssert.Same(
                ordinary with { Version = 2 }, await context.FindAsync(record.Id),
                $"the record after an update back from an extreme {property}");
        });

    public static async Task Every_value_round_trips_through_the_full_list(CaseContext context)
    {
        var added = await AddAsync(context, record => record);
        ContractAssert.SameInAnyOrder(added, await context.ListAllAsync(), "the list of all records");
    }

    public static async Task Every_value_round_trips_through_an_owner_s_list(CaseContext context)
    {
        var added = await AddAsync(context, record => record with { Owner = "ada" });
        await context.AssertOwnerListAsync("ada", added.OrderByDescending(record => record.Id));
    }

    public static async Task Every_value_round_trips_through_an_association_s_list(CaseContext context)
    {
        var added = await AddAsync(context, record => record with { Association = new("user", "42", "avatar") });
        await context.AssertListAsync(
            UploadFilter.ForAssociation("user", "42", "avatar"), added.OrderByDescending(record => record.Id));
    }

    public static async Task Every_value_round_trips_through_a_lease(CaseContext context)
    {
        var added = await AddAsync(context, record => record with { NextActionAt = SampleRecords.Start });
        var leased = await context.LeaseDueAsync(SampleRecords.Start, SampleRecords.Start.AddTicks(7));

        var due = added.Select(record => record with { NextActionAt = SampleRecords.Start.AddTicks(7), Version = 2 }).ToArray();
        ContractAssert.SameInAnyOrder(due, leased, "the result of LeaseDueAsync");
        foreach (var record in due)
            ContractAssert.Same(record, await context.FindAsync(record.Id), "the leased record");
    }

    public static async Task Time_zone_offsets_keep_the_instant(CaseContext context)
    {
        var (zone, due) = (TimeSpan.FromHours(5.5), SampleRecords.Start.AddHours(1));
        var added = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.FromHours(1)) with
        {
            NextActionAt = due.ToOffset(zone),
            GrantExpiresAt = due.ToOffset(-zone),
        });
        var found = await context.FindAsync(added.Id);

        ContractAssert.Equal(due, found?.NextActionAt, "the stored instant");
        ContractAssert.Equal(due, found?.GrantExpiresAt, "the stored instant");
        ContractAssert.Same([], await context.LeaseDueAsync(due.AddTicks(-1), due.AddHours(1)), "a lease one tick early");
        ContractAssert.Equal(1, (await context.LeaseDueAsync(due, due.AddHours(1))).Count, "the number of records leased at the instant");
    }

    private static async Task<UploadRecord[]> AddAsync(CaseContext context, Func<UploadRecord, UploadRecord> change)
    {
        UploadRecord[] records = [.. ExtremeRecords.CreateCombined().Select(change).Select(record => record with { Version = 1 })];
        await context.AddAllAsync(records);
        return records;
    }
}
