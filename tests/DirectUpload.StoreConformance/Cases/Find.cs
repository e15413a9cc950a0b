using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Find
{
    public static async Task Unknown_ids_return_null(CaseContext context)
    {
        await context.AddAsync(SampleRecords.Create());
        ContractAssert.Null(await context.FindAsync(UploadId.Create(SampleRecords.Start)), "an unknown id");
    }

    public static async Task Completed_writes_are_visible_to_other_instances(CaseContext context)
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, another) = (context.GetStore(round), context.GetStore(round + 1));
            var record = await one.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero), context.CancellationToken);
            ContractAssert.Same(record, await another.FindAsync(record.Id, context.CancellationToken), "the record just added");
            record = await context.UpdateAsync(one, record with { Attempts = round });
            ContractAssert.Same(record, await another.FindAsync(record.Id, context.CancellationToken), "the record just updated");
            record = await context.UpdateAsync(another, record with { Attempts = round + 1 });
            ContractAssert.Same(
                record, await one.FindAsync(record.Id, context.CancellationToken), "the record that the other instance just updated");
            await another.DeleteAsync(record.Id, context.CancellationToken);
            ContractAssert.Null(await one.FindAsync(record.Id, context.CancellationToken), "the record just deleted");
        }
    }

    public static async Task Leases_are_visible_to_other_instances(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
        await context.FindAsync(added.Id);
        var leased = await context.LeaseSingleDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1));
        ContractAssert.Same(leased, await context.FindAsync(added.Id), "the record just leased");
    }

    public static async Task Reads_are_atomic_and_monotonic(CaseContext context)
    {
        const int writes = 60;
        var record = await context.AddAsync(WithNumber(SampleRecords.Create(), 1));
        using var done = new CancellationTokenSource();
        await CaseContext.RunConcurrentlyAsync(3, async actor =>
        {
            if (actor == 0)
            {
                try
                {
                    for (var number = 2; number <= writes; number++)
                        record = await context.UpdateAsync(WithNumber(record, number));
                }
                finally
                {
                    await done.CancelAsync();
                }

                return;
            }

            for (var last = 0L; !done.IsCancellationRequested;)
            {
                var found = await context.GetStore(actor).FindAsync(record.Id, context.CancellationToken);
                ContractAssert.That(found?.Version >= last, $"Found version {found?.Version} after version {last}.");
                ContractAssert.Same(WithNumber(found!, (int)found!.Version), found, "a record found during updates");
                last = found.Version;
            }
        });
        ContractAssert.Equal(writes, record.Version, "the last version");
    }

    private static UploadRecord WithNumber(UploadRecord record, int number) => record with
    {
        Attempts = number,
        ETag = $"\"{number}\"",
        Properties = new Dictionary<string, string> { ["number"] = $"{number}" },
    };
}
