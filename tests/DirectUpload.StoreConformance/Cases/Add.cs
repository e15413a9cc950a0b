using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Add
{
    public static async Task New_records_start_at_version_1(CaseContext context)
    {
        var record = SampleRecords.Create() with { Version = 7 };
        var added = await context.AddAsync(record);

        ContractAssert.Same(record with { Version = 1 }, added, "the result of AddAsync");
        ContractAssert.Same(added, await context.FindAsync(record.Id), "the added record");
    }

    public static async Task Duplicate_ids_are_rejected_and_keep_the_first_record(CaseContext context)
    {
        var first = await context.AddAsync(SampleRecords.CreateOwned("ada"));

        foreach (var store in new[] { context.Store, context.SecondStore })
        {
            await AssertDuplicateAsync(store, first);
            await AssertDuplicateAsync(store, SampleRecords.Create(first.Id) with
            {
                Owner = "bob",
                Profile = "videos",
                DeclaredSize = 9,
                NextActionAt = SampleRecords.Start,
            });
        }

        ContractAssert.Same(first, await context.FindAsync(first.Id), "the first record");
        await context.AssertOwnerListAsync("bob", []);
        await context.AssertPendingAsync("photos", "ada", 1, 100);
        await context.AssertPendingAsync("videos", "bob", 0, 0);

        async Task AssertDuplicateAsync(IUploadRecordStore store, UploadRecord record) =>
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddAsync(record, context.CancellationToken).AsTask());
    }

    public static async Task Duplicate_ids_are_rejected_after_updates(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());
        var changed = await context.UpdateAsync(added with { Status = UploadStatus.Ready });

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.Store.AddAsync(added, context.CancellationToken).AsTask());
        ContractAssert.Same(changed, await context.FindAsync(added.Id), "the updated record");
    }

    public static async Task Concurrent_adds_of_one_id_have_one_winner(CaseContext context)
    {
        for (var round = 0; round < 10; round++)
        {
            var record = SampleRecords.CreateOwned($"owner {round}");
            var outcomes = await CaseContext.RunConcurrentlyAsync(6, async actor =>
            {
                try
                {
                    return await context.GetStore(actor).AddAsync(record with { Attempts = actor }, context.CancellationToken);
                }
                catch (InvalidOperationException)
                {
                    return null;
                }
            });

            var winners = outcomes.OfType<UploadRecord>().ToArray();
            ContractAssert.Equal(1, winners.Length, "the number of successful adds of one id");
            ContractAssert.Same(winners[0], await context.FindAsync(record.Id), "the record of the successful add");
            await context.AssertPendingAsync("photos", record.Owner, 1, 100);
        }
    }

    /// <summary>A store may add several records in one statement; one that exists must not take the others with it.</summary>
    public static async Task Concurrent_adds_of_several_ids_fail_only_for_those_that_exist(CaseContext context)
    {
        var existing = new List<UploadRecord>();
        for (var number = 0; number < 5; number++)
            existing.Add(await context.AddAsync(SampleRecords.CreateOwned("ada")));
        var added = Enumerable.Range(0, 40).Select(number => SampleRecords.CreateOwned($"owner {number % 7}") with
        {
            DeclaredSize = number,
            Metadata = new Dictionary<string, string> { ["number"] = $"{number}" },
        }).ToList();

        var failures = await Task.WhenAll(
            added.Concat(existing).OrderBy(record => record.Id.ToString()[^4..], StringComparer.Ordinal)
                .Select(record => Task.Run(() => TryAddAsync(context.Store, record))));

        ContractAssert.Equal(
            string.Join(", ", existing.Select(record => $"{record.Id}").Order(StringComparer.Ordinal)),
            string.Join(", ", failures.OfType<string>().Order(StringComparer.Ordinal)), "the ids that were refused");
        foreach (var record in added.Select(record => record with { Version = 1 }).Concat(existing))
            ContractAssert.Same(record, await context.FindAsync(record.Id), "the record");

        async Task<string?> TryAddAsync(IUploadRecordStore store, UploadRecord record)
        {
            try
            {
                await store.AddAsync(record, context.CancellationToken);
                return null;
            }
            catch (InvalidOperationException)
            {
                return $"{record.Id}";
            }
        }
    }

    public static async Task Deleted_ids_can_be_added_again_at_version_1(CaseContext context)
    {
        var first = await context.AddAsync(SampleRecords.CreateOwned("ada"));
        await context.UpdateAsync(first with { Attempts = 5 });
        await context.Store.DeleteAsync(first.Id, context.CancellationToken);
        var again = await context.AddAsync(first with { FileName = "again.png" });

        ContractAssert.Equal(1, again.Version, "the version of the record that was added again");
        ContractAssert.Same(again, await context.FindAsync(first.Id), "the record that was added again");
        await context.AssertOwnerListAsync("ada", [again]);
        await context.AssertPendingAsync("photos", "ada", 1, 100);
    }
}
