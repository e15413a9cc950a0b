using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>How many records an owner has had made lately: what a limit of requests a minute is held by.</summary>
internal static class CreatedCounts
{
    public static async Task Those_created_later_count_and_nothing_else(Bench bench)
    {
        for (var minutes = 0; minutes < 10; minutes++)
            await bench.AddAsync(Sample.Owned("ada", minutes) with { CreatedAt = Sample.Start.AddMinutes(minutes) });

        await bench.CreatedAsync("ada", Sample.Start.AddTicks(-1), 10);
        await bench.CreatedAsync("ada", Sample.Start, 9);
        await bench.CreatedAsync("ada", Sample.Start.AddMinutes(5).AddTicks(-1), 5);
        await bench.CreatedAsync("ada", Sample.Start.AddMinutes(9), 0);
    }

    public static async Task Each_owner_is_counted_by_itself(Bench bench)
    {
        string?[] owners = [null, "", "ada", "Ada", "ada ", "é", "e\u0301"];
        for (var at = 0; at < owners.Length; at++)
        {
            for (var times = 0; times <= at; times++)
                await bench.AddAsync(Sample.Owned(owners[at]) with { Profile = $"{times}" });
        }

        for (var at = 0; at < owners.Length; at++)
            await bench.CreatedAsync(owners[at], Sample.Start.AddTicks(-1), at + 1);
        await bench.CreatedAsync("bob", Sample.Start.AddTicks(-1), 0);
    }

    public static async Task Whatever_their_status_until_they_are_deleted(Bench bench)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await bench.AddAsync(Sample.Owned("ada") with { Status = status });
        var last = await bench.AddAsync(Sample.Owned("ada"));
        await bench.CreatedAsync("ada", Sample.Start.AddTicks(-1), Enum.GetValues<UploadStatus>().Length + 1);

        await bench.Store.DeleteAsync(last.Id, bench.Cancellation);
        await bench.CreatedAsync("ada", Sample.Start.AddTicks(-1), Enum.GetValues<UploadStatus>().Length);
    }

    public static async Task Up_to_the_limit(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(7, _ => Sample.Owned("ada")));
        await bench.CreatedAsync("ada", Sample.Start.AddTicks(-1), 7, 7);
        await bench.CreatedAsync("ada", Sample.Start.AddTicks(-1), 3, 3);
    }

    /// <summary>An id that was made before its record, such as for a page that is filled in at leisure.</summary>
    public static async Task By_the_time_of_the_record_and_not_of_its_id(Bench bench)
    {
        await bench.AddAsync(Sample.Owned("ada", 0) with { CreatedAt = Sample.Start.AddMinutes(14) });
        await bench.CreatedAsync("ada", Sample.Start.AddMinutes(13), 1);
        await bench.CreatedAsync("ada", Sample.Start.AddMinutes(14), 0);
    }
}
