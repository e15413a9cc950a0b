using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Delete
{
    public static async Task A_deleted_record_disappears_everywhere_and_no_other(CaseContext context)
    {
        var gone = await context.AddAsync(
            SampleRecords.CreateOwned("ada") with { NextActionAt = SampleRecords.Start, PurgeAt = SampleRecords.Start });
        var stays = await context.AddAsync(SampleRecords.CreateOwned("ada") with { NextActionAt = SampleRecords.Start.AddDays(1) });
        await context.Store.DeleteAsync(gone.Id, context.CancellationToken);

        ContractAssert.Null(await context.FindAsync(gone.Id), "the deleted record");
        ContractAssert.Same(stays, await context.FindAsync(stays.Id), "the other record");
        ContractAssert.Same([stays], await context.ListAllAsync(), "the list of all records");
        await context.AssertOwnerListAsync("ada", [stays]);
        await context.AssertPendingAsync("photos", "ada", 1, 100);
        ContractAssert.Same([], await context.LeaseDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1)), "the due records");
    }

    public static async Task Deleting_a_missing_record_does_nothing(CaseContext context)
    {
        var (gone, stays) = (await context.AddAsync(SampleRecords.CreateOwned("ada")), await context.AddAsync(
            SampleRecords.CreateOwned("ada")));
        foreach (var store in new[] { context.Store, context.SecondStore, context.Store })
            await store.DeleteAsync(gone.Id, context.CancellationToken);
        await context.Store.DeleteAsync(UploadId.Create(SampleRecords.Start), context.CancellationToken);

        ContractAssert.Same([stays], await context.ListAllAsync(), "the list of all records");
        await context.AssertPendingAsync("photos", "ada", 1, 100);
    }

    public static async Task Every_version_can_be_deleted(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());
        await context.UpdateAsync(await context.UpdateAsync(added));
        await context.SecondStore.DeleteAsync(added.Id, context.CancellationToken);
        ContractAssert.Null(await context.FindAsync(added.Id), "the deleted record");
    }

    public static async Task A_concurrent_update_never_restores_the_record(CaseContext context)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await context.AddAsync(SampleRecords.CreateOwned("ada"));
            await CaseContext.RunConcurrentlyAsync(2, async actor =>
            {
                if (actor == 0)
                    await context.Store.TryUpdateAsync(added with { Attempts = 1 }, context.CancellationToken);
                else
                    await context.SecondStore.DeleteAsync(added.Id, context.CancellationToken);
            });
            ContractAssert.Null(await context.FindAsync(added.Id), "the record that was deleted during an update");
        }

        await context.AssertOwnerListAsync("ada", []);
    }
}
