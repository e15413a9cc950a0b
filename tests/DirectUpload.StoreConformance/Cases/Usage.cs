using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the call that answers all totals of an owner.</summary>
internal static class Usage
{
    public static async Task Each_total_is_returned_if_it_is_asked_for(CaseContext context)
    {
        await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 10 });
        await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 7, Status = UploadStatus.Ready, Size = 5 });
        await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 20, Profile = "videos" });

        for (var asked = 0; asked < 8; asked++)
        {
            var (pending, stored, created) = ((asked & 1) != 0, (asked & 2) != 0, (asked & 4) != 0);
            var query = new OwnerUsageQuery("photos", "ada", SampleRecords.Start)
            {
                Pending = pending,
                Stored = stored,
                CreatedAfter = SampleRecords.Start.AddTicks(-1),
                CreatedLimit = created ? 100 : 0,
            };
            await context.AssertUsageAsync(query, (pending ? 1 : 0, pending ? 10 : 0, stored ? 15 : 0, created ? 3 : 0));
        }
    }

    /// <summary>Lagging totals would not contain the record that a request has just added, so it would never exceed a quota.</summary>
    public static async Task The_added_record_counts_immediately_and_once(CaseContext context)
    {
        for (var round = 0; round < 10; round++)
        {
            var owner = $"owner {round}";
            var added = await context.AddAsync(SampleRecords.CreateOwned(owner) with { DeclaredSize = 10 });
            var usage = await context.Store.GetUsageAsync(
                new("photos", owner, SampleRecords.Start)
                {
                    Pending = true,
                    Stored = true,
                    CreatedAfter = SampleRecords.Start.AddTicks(-1),
                    CreatedLimit = 100,
                    Added = added,
                },
                context.CancellationToken);
            ContractAssert.Equal((1, 10, 10, 1), CaseContext.ToTuple(usage), "the totals after the record was added");
        }
    }

    /// <summary>A store may answer several queries in one statement; each caller gets its own totals.</summary>
    public static async Task Concurrent_queries_return_the_totals_of_their_own_owners(CaseContext context)
    {
        const int OwnerCount = 12;
        string?[] owners = [.. Enumerable.Range(0, OwnerCount).Select(number => number == 3 ? null : $"owner {number}")];
        for (var number = 0; number < OwnerCount; number++)
        {
            for (var upload = 0; upload <= number % 4; upload++)
                await context.AddAsync(SampleRecords.CreateOwned(owners[number]) with { DeclaredSize = number });
        }

        await Task.WhenAll(Enumerable.Range(0, 8 * OwnerCount).Select(call => Task.Run(async () =>
        {
            var (number, asked) = (call % OwnerCount, call / OwnerCount);
            var (pending, stored, created) = ((asked & 1) != 0, (asked & 2) != 0, (asked & 4) != 0);
            var query = new OwnerUsageQuery("photos", owners[number], SampleRecords.Start)
            {
                Pending = pending,
                Stored = stored,
                CreatedAfter = SampleRecords.Start.AddTicks(-1),
                CreatedLimit = created ? 100 : 0,
            };
            var count = (number % 4) + 1;
            await context.AssertUsageAsync(
                query, (pending ? count : 0, pending ? count * number : 0, stored ? count * number : 0, created ? count : 0));
        })));
    }
}
