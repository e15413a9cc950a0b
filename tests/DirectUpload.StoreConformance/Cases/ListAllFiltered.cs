using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the list of all records with a filter.</summary>
internal static class ListAllFiltered
{
    private static readonly UploadFilter Ready = UploadFilter.ForAll() with { Status = UploadStatus.Ready };

    public static async Task A_filter_without_conditions_lists_everything(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(5, at => SampleRecords.CreateOwned(at % 2 == 0 ? "ada" : null, at)));
        ContractAssert.SameInAnyOrder(
            await context.ListAllAsync(), await context.ListAllAsync(UploadFilter.ForAll()), "the list without conditions");
    }

    public static async Task Thousands_are_listed_exactly_once(CaseContext context)
    {
        UploadRecord[] records = [.. SampleRecords.CreateMany(2100, at => SampleRecords.CreateOwned("ada", at / 100) with
        {
            Version = 1,
            Status = at % 4 == 0 ? UploadStatus.Ready : UploadStatus.Deleted,
        })];
        await context.AddAllAsync(records);
        ContractAssert.SameInAnyOrder(
            records.Where(record => record.Status == UploadStatus.Ready), await context.ListAllAsync(Ready), "the ready records");
    }

    public static async Task Changes_during_a_list_do_not_hide_other_records(CaseContext context)
    {
        UploadRecord[] records = [.. SampleRecords.CreateMany(1300, at => SampleRecords.CreateOwned("ada", at) with
        {
            Version = 1,
            Status = UploadStatus.Ready,
        })];
        await context.AddAllAsync(records);
        var listed = new List<UploadRecord>();
        await foreach (var record in context.SecondStore.ListAllAsync(Ready, context.CancellationToken))
        {
            listed.Add(record);
            // A store that pages by offset loses one record for each of these.
            if (listed.Count <= 100)
                await context.UpdateAsync(record with { Status = UploadStatus.Deleted });
        }

        ContractAssert.SameInAnyOrder(records, listed, "a list whose first hundred records were changed during the enumeration");
        ContractAssert.Equal(1200, (await context.ListAllAsync(Ready)).Count, "the number of records in the next list");
    }

    public static async Task Generated_filters_list_what_matches(CaseContext context)
    {
        var random = new Random(20260302);
        await context.AddAllAsync([.. FilterGenerator.CreateRecords(random, 150)]);
        var added = await context.ListAllAsync();
        for (var turn = 0; turn < 60; turn++)
        {
            var filter = FilterGenerator.CreateForAll(random, added);
            ContractAssert.SameInAnyOrder(
                added.Where(record => FilterGenerator.Matches(filter, record)), await context.ListAllAsync(filter),
                $"all records with {RecordFormatter.FormatFilter(filter)}");
        }
    }
}
