using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class LeaseDueRaces
{
    private static readonly DateTimeOffset Now = SampleRecords.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddHours(1);

    public static async Task Each_record_is_leased_by_one_caller(CaseContext context)
    {
        const int records = 90;
        await context.AddAllAsync(SampleRecords.CreateMany(records, at => SampleRecords.CreateDue(TimeSpan.FromSeconds(at))));
        await Task.Delay(context.Options.LeaseLag, context.CancellationToken);
        var leased = new ConcurrentBag<UploadRecord>();
        var patience = context.Options.LeaseLag + TimeSpan.FromSeconds(10);
        var since = Stopwatch.StartNew();
        await CaseContext.RunConcurrentlyAsync(6, async actor =>
        {
            while (leased.Count < records && since.Elapsed < patience)
            {
                foreach (var record in await context.GetStore(actor).LeaseDueAsync(Now, Until, 7, context.CancellationToken))
                    leased.Add(record);
            }
        });

        ContractAssert.Equal(records, leased.Count, "the number of leases");
        ContractAssert.Equal(records, leased.Select(record => record.Id).Distinct().Count(), "the number of distinct records");
        ContractAssert.SameInAnyOrder(leased, await context.ListAllAsync(), "the records after the leases");
        ContractAssert.That(leased.All(record => record.Version == 2), "A lease must increase the version by exactly one.");
        ContractAssert.Same([], await context.LeaseDueAsync(Now, Until), "a lease when every record is leased");
    }

    public static async Task A_concurrent_update_is_kept_or_rejected(CaseContext context)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
            await Task.Delay(context.Options.LeaseLag, context.CancellationToken);
            UploadRecord? leased = null, updated = null;
            await CaseContext.RunConcurrentlyAsync(2, async actor =>
            {
                if (actor == 0)
                    leased = (await context.Store.LeaseDueAsync(Now, Until, 1, context.CancellationToken)).SingleOrDefault();
                else
                    updated = await context.SecondStore.TryUpdateAsync(added with { Attempts = 5 }, context.CancellationToken);
            });

            // If the update came first, the lease may miss the record or return the updated one, but never the old one.
            var expected = (leased, updated) switch
            {
                (not null, not null) => added with { Attempts = 5, NextActionAt = Until, Version = 3 },
                (not null, null) => added with { NextActionAt = Until, Version = 2 },
                _ => added with { Attempts = 5, Version = 2 },
            };
            if (leased is not null)
                ContractAssert.Same(expected, leased, $"the record leased {(updated is null ? "before" : "after")} the update");
            ContractAssert.Same(expected, await context.FindAsync(added.Id), "the record after both");
            await context.Store.DeleteAsync(added.Id, context.CancellationToken);
        }
    }

    public static async Task A_lease_never_restores_a_deleted_record(CaseContext context)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
            await CaseContext.RunConcurrentlyAsync(2, async actor =>
            {
                if (actor == 0)
                    await context.Store.LeaseDueAsync(Now, Until, 10, context.CancellationToken);
                else
                    await context.SecondStore.DeleteAsync(added.Id, context.CancellationToken);
            });
            ContractAssert.Null(await context.FindAsync(added.Id), "the record that was deleted during a lease");
        }

        ContractAssert.Same([], await context.ListAllAsync(), "the remaining records");
    }
}
