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
}
