using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the count of recently created uploads, which rate limits use.</summary>
internal static class CountCreated
{
    public static async Task Only_later_records_count(CaseContext context)
    {
        for (var minutes = 0; minutes < 10; minutes++)
            await context.AddAsync(SampleRecords.CreateOwned("ada", minutes) with { CreatedAt = SampleRecords.Start.AddMinutes(minutes) });

        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddTicks(-1), 10);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start, 9);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddMinutes(5).AddTicks(-1), 5);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddMinutes(9), 0);
    }

    public static async Task Owners_are_counted_separately(CaseContext context)
    {
        string?[] owners = [null, "", "ada", "Ada", "ada ", "é", "e\u0301"];
        for (var at = 0; at < owners.Length; at++)
        {
            for (var times = 0; times <= at; times++)
                await context.AddAsync(SampleRecords.CreateOwned(owners[at]) with { Profile = $"{times}" });
        }

        for (var at = 0; at < owners.Length; at++)
            await context.AssertCreatedCountAsync(owners[at], SampleRecords.Start.AddTicks(-1), at + 1);
        await context.AssertCreatedCountAsync("bob", SampleRecords.Start.AddTicks(-1), 0);
    }

    public static async Task Every_status_counts_until_deletion(CaseContext context)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await context.AddAsync(SampleRecords.CreateOwned("ada") with { Status = status });
        var last = await context.AddAsync(SampleRecords.CreateOwned("ada"));
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddTicks(-1), Enum.GetValues<UploadStatus>().Length + 1);

        await context.Store.DeleteAsync(last.Id, context.CancellationToken);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddTicks(-1), Enum.GetValues<UploadStatus>().Length);
    }

    public static async Task The_count_stops_at_the_limit(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(7, _ => SampleRecords.CreateOwned("ada")));
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddTicks(-1), 7, 7);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddTicks(-1), 3, 3);
    }

    /// <summary>An application may create an id long before the record, such as for a form that a user fills in slowly.</summary>
    public static async Task The_creation_time_counts_not_the_id(CaseContext context)
    {
        await context.AddAsync(SampleRecords.CreateOwned("ada", 0) with { CreatedAt = SampleRecords.Start.AddMinutes(14) });
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddMinutes(13), 1);
        await context.AssertCreatedCountAsync("ada", SampleRecords.Start.AddMinutes(14), 0);
    }
}
