using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Backlog
{
    public static async Task Nothing_due_counts_zero(CaseContext context)
    {
        await context.AssertBacklogAsync(SampleRecords.Start, 0, null);
        await context.AddAsync(SampleRecords.Create());
        await context.AssertBacklogAsync(SampleRecords.Start.AddYears(1), 0, null);
    }

    public static async Task Due_records_count_to_the_tick_with_the_oldest_time(CaseContext context)
    {
        await context.AddAllAsync([
            SampleRecords.CreateDue(TimeSpan.FromMinutes(2)), SampleRecords.CreateDue(TimeSpan.FromMinutes(1)),
            SampleRecords.CreateDue(TimeSpan.FromMinutes(3))]);
        await context.AssertBacklogAsync(SampleRecords.Start.AddMinutes(1).AddTicks(-1), 0, null);
        await context.AssertBacklogAsync(SampleRecords.Start.AddMinutes(1), 1, SampleRecords.Start.AddMinutes(1));
        await context.AssertBacklogAsync(SampleRecords.Start.AddMinutes(3), 3, SampleRecords.Start.AddMinutes(1));
    }

    public static async Task The_count_stops_at_the_limit_but_finds_the_oldest(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(60, number => SampleRecords.CreateDue(TimeSpan.FromMinutes(60 - number))));
        await context.AssertBacklogAsync(SampleRecords.Start.AddHours(2), 60, SampleRecords.Start.AddMinutes(1));
        await context.AssertBacklogAsync(SampleRecords.Start.AddHours(2), 7, SampleRecords.Start.AddMinutes(1), limit: 7);
    }

    public static async Task Leased_records_do_not_count_until_the_lease_expires(CaseContext context)
    {
        await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
        await context.LeaseSingleDueAsync(SampleRecords.Start, SampleRecords.Start.AddMinutes(5));
        await context.AssertBacklogAsync(SampleRecords.Start, 0, null);
        await context.AssertBacklogAsync(SampleRecords.Start.AddMinutes(5), 1, SampleRecords.Start.AddMinutes(5));
    }
}
