using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Update
{
    public static async Task Only_the_latest_version_can_be_updated(CaseContext context)
    {
        var first = await context.AddAsync(SampleRecords.Create());
        var second = await context.UpdateAsync(first with { Attempts = 1 });
        ContractAssert.Same(first with { Attempts = 1, Version = 2 }, second, "the result of TryUpdateAsync");

        foreach (var store in new[] { context.Store, context.SecondStore })
        {
            foreach (var version in new long[] { 0, 1, 3, long.MaxValue })
                ContractAssert.Null(
                    await store.TryUpdateAsync(second with { Attempts = 9, Version = version }, context.CancellationToken),
                    $"an update of version {version}");
        }

        ContractAssert.Same(second, await context.FindAsync(first.Id), "the updated record");
        ContractAssert.Equal(
            3, (await context.UpdateAsync(context.SecondStore, second)).Version, "the version after an update without changes");
    }

    public static async Task Updates_never_create_missing_records(CaseContext context)
    {
        var never = SampleRecords.Create() with { Version = 1 };
        ContractAssert.Null(await context.TryUpdateAsync(never), "an update of a record that was never added");
        ContractAssert.Null(await context.TryUpdateAsync(never with { Version = 0 }), "an update of version 0");
        ContractAssert.Null(await context.FindAsync(never.Id), "a record that was never added");

        var deleted = await context.AddAsync(SampleRecords.CreateOwned("ada"));
        await context.Store.DeleteAsync(deleted.Id, context.CancellationToken);
        ContractAssert.Null(await context.TryUpdateAsync(deleted), "an update of a deleted record");
        ContractAssert.Null(await context.FindAsync(deleted.Id), "the deleted record");
        await context.AssertOwnerListAsync("ada", []);
        await context.AssertPendingAsync("photos", "ada", 0, 0);
    }

    public static async Task An_update_leaves_other_records_unchanged(CaseContext context)
    {
        var (one, another) = (await context.AddAsync(SampleRecords.CreateOwned("ada")), await context.AddAsync(
            SampleRecords.CreateOwned("ada")));
        await context.UpdateAsync(one with { Status = UploadStatus.Ready, NextActionAt = SampleRecords.Start });
        ContractAssert.Same(another, await context.FindAsync(another.Id), "the other record");
    }

    public static async Task Concurrent_updates_of_one_version_have_one_winner(CaseContext context)
    {
        var record = await context.AddAsync(SampleRecords.Create());
        for (var round = 0; round < 25; round++)
        {
            var before = record;
            var outcomes = await CaseContext.RunConcurrentlyAsync(6, async actor =>
                await context.GetStore(actor).TryUpdateAsync(before with { Attempts = (round * 10) + actor }, context.CancellationToken));

            var winners = outcomes.OfType<UploadRecord>().ToArray();
            ContractAssert.Equal(1, winners.Length, "the number of successful updates of one version");
            record = winners[0];
            ContractAssert.Equal(before.Version + 1, record.Version, "the version of the successful update");
            ContractAssert.Same(record, await context.FindAsync(record.Id), "the record of the successful update");
        }
    }

    public static async Task Retried_updates_are_never_lost(CaseContext context)
    {
        const int actors = 4, each = 15;
        var added = await context.AddAsync(SampleRecords.Create());
        await CaseContext.RunConcurrentlyAsync(actors, async actor =>
        {
            var tries = 0;
            for (var counted = 0; counted < each;)
            {
                ContractAssert.That(++tries < 1000, "The store refused a thousand updates of the newest version.");
                var found = await context.GetStore(actor).FindAsync(added.Id, context.CancellationToken) ?? added;
                if (await context.GetStore(actor)
                    .TryUpdateAsync(found with { Attempts = found.Attempts + 1 }, context.CancellationToken) is not null)
                    counted++;
            }
        });

        var last = await context.FindAsync(added.Id);
        ContractAssert.Equal(actors * each, last?.Attempts, "the number of counted updates");
        ContractAssert.Equal((actors * each) + 1, last?.Version, "the version");
    }
}
