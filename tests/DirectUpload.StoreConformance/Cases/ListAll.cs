using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class ListAll
{
    public static async Task An_empty_store_lists_nothing(CaseContext context) =>
        ContractAssert.Same([], await context.ListAllAsync(), "the list of an empty store");

    public static async Task Thousands_are_listed_exactly_once(CaseContext context)
    {
        UploadRecord[] records = [.. SampleRecords.CreateMany(
            2345, at => SampleRecords.CreateOwned(at % 3 == 0 ? null : "ada", at / 100) with { Version = 1 })];
        await context.AddAllAsync(records);
        ContractAssert.SameInAnyOrder(records, await context.ListAllAsync(), "the list of all records");
    }

    public static async Task Unchanged_records_are_listed_once_during_other_writes(CaseContext context)
    {
        // More than one page stays; the moving records lie before, between and after these.
        UploadRecord[] stays = [.. SampleRecords.CreateMany(1300, at => SampleRecords.CreateOwned("ada", at) with { Version = 1 })];
        List<UploadRecord> moving = [.. SampleRecords.CreateMany(300, at => SampleRecords.CreateOwned("bob", at * 4) with { Version = 1 })];
        await context.AddAllAsync(stays.Concat(moving));

        using var done = new CancellationTokenSource();
        await CaseContext.RunConcurrentlyAsync(2, async actor =>
        {
            if (actor == 0)
            {
                try
                {
                    for (var round = 0; round < 3; round++)
                        await AssertListedOnceAsync(context, stays);
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
                await context.Store.DeleteAsync(moving[at].Id, context.CancellationToken);
                moving[at] = await context.AddAsync(SampleRecords.CreateOwned("bob", turn % 1300));
                moving[at] = await context.UpdateAsync(moving[at] with { Attempts = turn });
            }
        });
    }

    public static async Task Deletes_during_a_list_do_not_hide_other_records(CaseContext context)
    {
        UploadRecord[] records = [.. SampleRecords.CreateMany(1200, at => SampleRecords.CreateOwned(null, at) with { Version = 1 })];
        await context.AddAllAsync(records);
        var listed = new List<UploadRecord>();
        var deleted = new HashSet<UploadId>();
        await foreach (var record in context.SecondStore.ListAllAsync(cancellationToken: context.CancellationToken))
        {
            listed.Add(record);
            // A store that pages by offset loses one record for each of these.
            if (listed.Count <= 100)
            {
                deleted.Add(record.Id);
                await context.Store.DeleteAsync(record.Id, context.CancellationToken);
            }
        }

        ContractAssert.SameInAnyOrder(records, listed, "a list whose first hundred records were deleted during the enumeration");
        ContractAssert.SameInAnyOrder(records.Where(record => !deleted.Contains(record.Id)), await context.ListAllAsync(), "the next list");
    }

    public static async Task Enumeration_can_stop_midway(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(700, _ => SampleRecords.Create()));
        for (var round = 0; round < 5; round++)
        {
            await foreach (var record in context.SecondStore.ListAllAsync(cancellationToken: context.CancellationToken))
            {
                ContractAssert.Same(
                    record, await context.Store.FindAsync(record.Id, context.CancellationToken), "a record found during the enumeration");
                break;
            }
        }

        ContractAssert.Equal(700, (await context.ListAllAsync()).Count, "the number of records in the next list");
    }

    public static async Task Enumeration_can_be_canceled_midway(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(1500, _ => SampleRecords.Create()));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in context.SecondStore.ListAllAsync(cancellationToken: source.Token))
            {
                if (++seen == 3)
                    await source.CancelAsync();
            }
        });
        ContractAssert.That(seen >= 3, "The list must return three records before it is canceled.");
    }

    private static async Task AssertListedOnceAsync(CaseContext context, UploadRecord[] stays)
    {
        var listed = await context.ListAllAsync();
        ContractAssert.Equal(listed.Count, listed.Select(record => record.Id).Distinct().Count(), "the number of distinct records");
        ContractAssert.SameInAnyOrder(stays, listed.Where(record => record.Owner == "ada"), "the unchanged records");
    }
}
