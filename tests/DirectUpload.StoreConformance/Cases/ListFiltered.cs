using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the conditions that a list has beside its owner or association.</summary>
internal static class ListFiltered
{
    private static readonly UploadFilter[] Lists = [UploadFilter.ForOwner("ada"), UploadFilter.ForAssociation("user", "42")];

    public static async Task Every_status_lists_only_its_records(CaseContext context)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await context.AddAllAsync(SampleRecords.CreateMany(3, at => Create(at) with { Status = status }));
        var added = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();

        foreach (var list in Lists)
        {
            foreach (var status in Enum.GetValues<UploadStatus>())
                await context.AssertListAsync(list with { Status = status }, added.Where(record => record.Status == status));
        }
    }

    public static async Task A_changed_status_changes_the_lists(CaseContext context)
    {
        var record = await context.AddAsync(Create());
        foreach (var list in Lists)
            await context.AssertListAsync(list with { Status = UploadStatus.Requested }, [record]);
        record = await context.UpdateAsync(record with { Status = UploadStatus.Ready });
        foreach (var list in Lists)
        {
            await context.AssertListAsync(list with { Status = UploadStatus.Requested }, []);
            await context.AssertListAsync(list with { Status = UploadStatus.Ready }, [record]);
        }
    }

    public static async Task A_short_page_is_the_last_also_if_few_records_match(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(400, at => Create(at) with
        {
            Status = at % 40 is 0 or 1 ? UploadStatus.Failed : UploadStatus.Ready,
        }));
        UploadRecord[] failed = [.. (await context.ListAllAsync()).Where(record => record.Status == UploadStatus.Failed)
            .OrderByDescending(record => record.Id)];

        foreach (var list in Lists)
        {
            await context.AssertPagesAsync(list with { Status = UploadStatus.Failed }, failed, pageSize: 6);
            await context.AssertListAsync(list with { Status = UploadStatus.Failed }, failed.Take(1), limit: 1);
        }
    }

    public static async Task Creation_times_apply_to_the_tick(CaseContext context)
    {
        var middle = SampleRecords.Start.AddMinutes(20);
        foreach (var ticks in new[] { -10_000_000, -10, -1, 0, 1, 10, 10_000_000 })
            await context.AddAsync(Create() with { CreatedAt = middle.AddTicks(ticks), Id = UploadId.Create(middle.AddMinutes(-14)) });
        var added = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();

        foreach (var list in Lists)
        {
            foreach (var ticks in new[] { -1, 0, 1 })
            {
                // The offset of a time makes no difference.
                var time = middle.AddTicks(ticks).ToOffset(TimeSpan.FromHours(5.5));
                await context.AssertListAsync(list with { CreatedFrom = time }, added.Where(record => record.CreatedAt >= time));
                await context.AssertListAsync(list with { CreatedBefore = time }, added.Where(record => record.CreatedAt < time));
                await context.AssertListAsync(
                    list with { CreatedFrom = time, CreatedBefore = time.AddTicks(1) }, added.Where(record => record.CreatedAt == time));
            }
        }
    }

    /// <summary>An application may create an id up to 15 minutes before the record.</summary>
    public static async Task The_creation_time_counts_not_the_id(CaseContext context)
    {
        var time = SampleRecords.Start.AddMinutes(15);
        var oldId = await context.AddAsync(Create(minutes: 0) with { CreatedAt = time });
        var newId = await context.AddAsync(Create(minutes: 14) with { CreatedAt = time.AddTicks(-1) });
        foreach (var list in Lists)
        {
            await context.AssertListAsync(list with { CreatedFrom = time }, [oldId]);
            await context.AssertListAsync(list with { CreatedBefore = time }, [newId]);
        }
    }

    public static async Task Extreme_and_empty_ranges_are_allowed(CaseContext context)
    {
        var record = await context.AddAsync(Create());
        foreach (var list in Lists)
        {
            foreach (var early in new[] { DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1) })
            {
                await context.AssertListAsync(list with { CreatedFrom = early }, [record]);
                await context.AssertListAsync(list with { CreatedBefore = early }, []);
            }

            await context.AssertListAsync(list with { CreatedFrom = DateTimeOffset.MaxValue }, []);
            await context.AssertListAsync(list with { CreatedBefore = DateTimeOffset.MaxValue }, [record]);
            await context.AssertListAsync(list with { CreatedFrom = record.CreatedAt, CreatedBefore = record.CreatedAt }, []);
            await context.AssertListAsync(
                list with { CreatedFrom = SampleRecords.Start.AddDays(1), Before = UploadId.Create(SampleRecords.Start) }, []);
        }
    }

    public static async Task Generated_filters_list_what_matches(CaseContext context)
    {
        var random = new Random(20260301);
        await context.AddAllAsync([.. FilterGenerator.CreateRecords(random, 150)]);
        var added = (await context.ListAllAsync()).OrderByDescending(record => record.Id).ToArray();
        for (var turn = 0; turn < 80; turn++)
        {
            var filter = FilterGenerator.Create(random, added, turn % 3 == 0 ? null : turn % 3 == 1);
            var limit = 1 + random.Next(turn % 2 == 0 ? 5 : 150);
            await context.AssertListAsync(
                filter, added.Where(record => FilterGenerator.Matches(filter, record)).Take(limit), limit);
        }
    }

    private static UploadRecord Create(int minutes = 0) =>
        SampleRecords.CreateAssociated("user", "42", "avatar", minutes) with { Owner = "ada" };
}
