using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class DueMeasures
{
    public static async Task Nothing_is_due_in_an_empty_store(Bench bench)
    {
        await bench.IsDueAsync(Sample.Start, 0, null);
        await bench.AddAsync(Sample.Record());
        await bench.IsDueAsync(Sample.Start.AddYears(1), 0, null);
    }

    public static async Task What_is_due_by_then_counts_to_the_tick_and_since_the_oldest(Bench bench)
    {
        await bench.AddAllAsync([Sample.Due(TimeSpan.FromMinutes(2)), Sample.Due(TimeSpan.FromMinutes(1)), Sample.Due(TimeSpan.FromMinutes(3))]);
        await bench.IsDueAsync(Sample.Start.AddMinutes(1).AddTicks(-1), 0, null);
        await bench.IsDueAsync(Sample.Start.AddMinutes(1), 1, Sample.Start.AddMinutes(1));
        await bench.IsDueAsync(Sample.Start.AddMinutes(3), 3, Sample.Start.AddMinutes(1));
    }

    public static async Task Counting_ends_at_the_limit_and_the_oldest_is_still_the_oldest(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(60, number => Sample.Due(TimeSpan.FromMinutes(60 - number))));
        await bench.IsDueAsync(Sample.Start.AddHours(2), 60, Sample.Start.AddMinutes(1));
        await bench.IsDueAsync(Sample.Start.AddHours(2), 7, Sample.Start.AddMinutes(1), limit: 7);
    }

    public static async Task What_is_claimed_is_not_due_until_its_claim_ends(Bench bench)
    {
        await bench.AddAsync(Sample.Due(TimeSpan.Zero));
        await bench.ClaimOneAsync(Sample.Start, Sample.Start.AddMinutes(5));
        await bench.IsDueAsync(Sample.Start, 0, null);
        await bench.IsDueAsync(Sample.Start.AddMinutes(5), 1, Sample.Start.AddMinutes(5));
    }
}
