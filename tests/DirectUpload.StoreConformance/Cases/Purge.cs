using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests purging; <see cref="AssertPurgedAsync"/> expects no effect if the database purges records itself.</summary>
internal static class Purge
{
    private static readonly DateTimeOffset Now = SampleRecords.Start.AddHours(1);

    public static async Task Records_are_purged_at_the_exact_tick(CaseContext context)
    {
        var early = await context.AddAsync(SampleRecords.CreatePurgeable(TimeSpan.Zero));
        var exact = await context.AddAsync(SampleRecords.Create() with { PurgeAt = Now });
        var late = await context.AddAsync(SampleRecords.Create() with { PurgeAt = Now.AddTicks(1) });
        var never = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero) with { Status = UploadStatus.Deleted });
        await AssertPurgedAsync(context, Now, 100, 2);

        ContractAssert.SameInAnyOrder(
            context.Options.PurgesAutomatically ? [early, exact, late, never] : [late, never], await context.ListAllAsync(),
            "the remaining records");
    }

    public static async Task The_limit_holds_and_the_rest_follow(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(25, at => SampleRecords.CreatePurgeable(TimeSpan.FromMinutes(at))));
        var stays = await context.AddAsync(SampleRecords.CreatePurgeable(TimeSpan.FromDays(1)));
        foreach (var (count, left) in new[] { (10, 16), (10, 6), (5, 1), (0, 1) })
        {
            await AssertPurgedAsync(context, Now, 10, count);
            ContractAssert.Equal(
                context.Options.PurgesAutomatically ? 26 : left, (await context.ListAllAsync()).Count, "the number of remaining records");
        }

        ContractAssert.Same(stays, await context.FindAsync(stays.Id), "a record that must not be purged yet");
    }

    public static async Task Thousands_can_be_purged_at_once(CaseContext context)
    {
        if (context.Options.PurgesAutomatically)
            return;
        await context.AddAllAsync(SampleRecords.CreateMany(1234, at => SampleRecords.CreatePurgeable(TimeSpan.FromSeconds(at))));
        await AssertPurgedAsync(context, Now, 10_000, 1234);
        ContractAssert.Same([], await context.ListAllAsync(), "the remaining records");
    }

    public static async Task Purged_records_disappear_everywhere(CaseContext context)
    {
        var gone = await context.AddAsync(SampleRecords.CreateOwned("ada") with { PurgeAt = Now, NextActionAt = Now });
        await AssertPurgedAsync(context, Now, 10, 1);
        if (context.Options.PurgesAutomatically)
            return;

        ContractAssert.Null(await context.FindAsync(gone.Id), "the purged record");
        ContractAssert.Null(await context.TryUpdateAsync(gone), "an update of the purged record");
        ContractAssert.Same([], await context.LeaseDueAsync(Now, Now.AddHours(1)), "a lease of the purged record");
        await context.AssertOwnerListAsync("ada", []);
        await context.AssertPendingAsync("photos", "ada", 0, 0);
    }

    public static async Task A_changed_purge_time_applies(CaseContext context)
    {
        var stays = await context.AddAsync(SampleRecords.CreatePurgeable(TimeSpan.Zero));
        var goes = await context.AddAsync(SampleRecords.Create());
        stays = await context.UpdateAsync(stays with { PurgeAt = null });
        goes = await context.UpdateAsync(goes with { PurgeAt = Now });
        await AssertPurgedAsync(context, Now, 10, 1);
        ContractAssert.SameInAnyOrder(
            context.Options.PurgesAutomatically ? [stays, goes] : [stays], await context.ListAllAsync(), "the remaining records");
    }

    public static async Task A_concurrent_update_can_keep_the_record(CaseContext context)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await context.AddAsync(SampleRecords.CreatePurgeable(TimeSpan.Zero));
            UploadRecord? changed = null;
            await CaseContext.RunConcurrentlyAsync(2, async actor =>
            {
                if (actor == 0)
                    await context.Store.PurgeExpiredAsync(Now, 10, context.CancellationToken);
                else
                    changed = await context.SecondStore.TryUpdateAsync(added with { PurgeAt = null }, context.CancellationToken);
            });

            var found = await context.FindAsync(added.Id);
            if (changed is not null)
                ContractAssert.Same(changed, found, "the record that was updated before the purge");
            else
                ContractAssert.Null(found, "the record that was purged before the update");
        }
    }

    public static async Task Concurrent_purges_count_each_record_once(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(120, at => SampleRecords.CreatePurgeable(TimeSpan.FromSeconds(at))));
        var counts = await CaseContext.RunConcurrentlyAsync(4, async actor =>
        {
            var total = 0;
            for (var removed = 7; removed == 7; total += removed)
                removed = await context.GetStore(actor).PurgeExpiredAsync(Now, 7, context.CancellationToken);
            return total;
        });

        // Concurrent calls that meet on the same records may remove fewer than exist; the next call finds the rest.
        var rest = await context.Store.PurgeExpiredAsync(Now, 1000, context.CancellationToken);
        ContractAssert.Equal(context.Options.PurgesAutomatically ? 0 : 120, counts.Sum() + rest, "the total number of purged records");
        ContractAssert.Equal(
            context.Options.PurgesAutomatically ? 120 : 0, (await context.ListAllAsync()).Count, "the number of remaining records");
    }

    public static async Task Time_zone_offsets_keep_the_instant(CaseContext context)
    {
        await context.AddAsync(SampleRecords.Create() with { PurgeAt = Now.ToOffset(TimeSpan.FromHours(-7)) });
        await AssertPurgedAsync(context, Now.AddTicks(-1).ToOffset(TimeSpan.FromHours(9)), 10, 0);
        await AssertPurgedAsync(context, Now.ToOffset(TimeSpan.FromHours(9)), 10, 1);
    }

    private static async Task AssertPurgedAsync(CaseContext context, DateTimeOffset now, int limit, int expected) => ContractAssert.Equal(
        context.Options.PurgesAutomatically ? 0 : expected, await context.Store.PurgeExpiredAsync(now, limit, context.CancellationToken),
        "the number of purged records");
}
