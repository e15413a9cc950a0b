using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class LeaseDue
{
    private static readonly DateTimeOffset Now = SampleRecords.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(5).AddTicks(3);

    public static async Task Nothing_due_leases_nothing(CaseContext context)
    {
        ContractAssert.Same([], await context.LeaseDueAsync(Now, Until), "a lease from an empty store");
        await context.AddAsync(SampleRecords.CreateDue(TimeSpan.FromHours(2)));
        ContractAssert.Same([], await context.LeaseDueAsync(Now, Until), "a lease of a record that is due later");
    }

    public static async Task Records_without_a_next_action_are_never_leased(CaseContext context)
    {
        await context.AddAsync(SampleRecords.Create());
        var cleared = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
        await context.UpdateAsync(cleared with { NextActionAt = null });
        ContractAssert.Same(
            [], await context.LeaseDueAsync(DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue), "a lease at the end of time");
    }

    public static async Task Records_are_due_at_the_exact_tick(CaseContext context)
    {
        var due = await context.AddAsync(SampleRecords.Create() with { NextActionAt = Now });
        var later = await context.AddAsync(SampleRecords.Create() with { NextActionAt = Now.AddTicks(1) });

        ContractAssert.Same([Leased(due)], await context.LeaseDueAsync(Now, Until), "a lease at the due time");
        ContractAssert.Same([Leased(later)], await context.LeaseDueAsync(Now.AddTicks(1), Until), "a lease one tick later");
    }

    public static async Task The_longest_overdue_come_first(CaseContext context)
    {
        int[] minutes = [3, 59, 1, 2, 40, 0, 17, 60, 5, 33];
        foreach (var minute in minutes)
            await context.AddAsync(SampleRecords.CreateDue(TimeSpan.FromMinutes(minute)) with { Attempts = minute });

        var inOrder = minutes.Order().ToArray();
        ContractAssert.Equal(
            FormatAttempts(inOrder.Take(4)), FormatAttempts(await context.LeaseDueAsync(Now, Until, 4)), "the first four records");
        ContractAssert.Equal(FormatAttempts(inOrder.Skip(4)), FormatAttempts(await context.LeaseDueAsync(Now, Until)), "all other records");
    }

    public static async Task Records_are_ordered_by_time_not_by_text(CaseContext context)
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch.AddTicks(1), DateTimeOffset.UnixEpoch.AddSeconds(9), DateTimeOffset.UnixEpoch.AddSeconds(10),
            SampleRecords.Start, Now.AddTicks(-10), Now,
        ];
        for (var at = times.Length - 1; at >= 0; at--)
            await context.AddAsync(SampleRecords.Create() with { NextActionAt = times[at], Attempts = at });
        ContractAssert.Equal(
            FormatAttempts(Enumerable.Range(0, times.Length)), FormatAttempts(await context.LeaseDueAsync(Now, Until)),
            "the order of the due records");
    }

    public static async Task The_limit_holds_and_the_rest_follow(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(25, at => SampleRecords.CreateDue(TimeSpan.FromMinutes(at))));
        foreach (var expected in new[] { 10, 10, 5, 0 })
            ContractAssert.Equal(expected, (await context.LeaseDueAsync(Now, Until, 10)).Count, "the number of leased records");
    }

    public static async Task A_thousand_records_can_be_leased_at_once(CaseContext context)
    {
        await context.AddAllAsync(SampleRecords.CreateMany(1010, at => SampleRecords.CreateDue(TimeSpan.FromSeconds(at))));
        var first = await context.LeaseDueAsync(Now, Until, 1000);
        var second = await context.LeaseDueAsync(Now, Until, 1000);

        ContractAssert.Equal(1000, first.Count, "the first lease");
        ContractAssert.Equal(10, second.Count, "the second lease");
        ContractAssert.Equal(1010, first.Concat(second).Select(record => record.Id).Distinct().Count(), "the number of distinct records");
    }

    public static async Task A_lease_changes_only_the_next_action_and_version(CaseContext context)
    {
        var added = await context.AddAsync(
            SampleRecords.CreateOwned("ada") with { NextActionAt = SampleRecords.Start, Attempts = 3, Status = UploadStatus.Processing });
        var changed = await context.UpdateAsync(added with { Attempts = 4 });
        var leased = await context.LeaseDueAsync(Now, Until);

        ContractAssert.Same([changed with { NextActionAt = Until, Version = 3 }], leased, "the result of LeaseDueAsync");
        ContractAssert.Same(leased[0], await context.FindAsync(added.Id), "the leased record");
        await context.AssertOwnerListAsync("ada", leased);
    }

    public static async Task Due_records_of_every_status_are_leased(CaseContext context)
    {
        var statuses = Enum.GetValues<UploadStatus>();
        foreach (var status in statuses)
            await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero) with { Status = status, PurgeAt = SampleRecords.Start });
        var leased = await context.LeaseDueAsync(Now, Until);
        ContractAssert.Equal(
            string.Join(' ', statuses), string.Join(' ', leased.Select(record => record.Status).Order()),
            "the statuses of the leased records");
    }

    public static async Task Leased_records_are_due_again_when_the_lease_expires(CaseContext context)
    {
        var last = await context.AddAsync(SampleRecords.Create() with { NextActionAt = Now });
        for (var round = 1; round <= 3; round++)
        {
            var (at, ends) = (last.NextActionAt!.Value, Now.AddMinutes(round));
            ContractAssert.Same([], await context.LeaseDueAsync(at.AddTicks(-1), ends), "a lease one tick before the previous one expires");
            var leased = await context.LeaseDueAsync(at, ends);
            ContractAssert.Same([Leased(last, ends)], leased, "a lease when the previous one expires");
            last = leased[0];
        }
    }

    public static async Task Only_the_lease_owner_can_update(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
        var leased = await context.LeaseSingleDueAsync(Now, Until);

        ContractAssert.Null(await context.TryUpdateAsync(added with { Attempts = 9 }), "an update of the version before the lease");
        var changed = await context.UpdateAsync(context.SecondStore, leased with { NextActionAt = Now.AddMinutes(1), Attempts = 1 });
        ContractAssert.Same(
            leased with { NextActionAt = Now.AddMinutes(1), Attempts = 1, Version = 3 }, changed, "the update by the lease owner");
        ContractAssert.Same(
            [changed with { NextActionAt = Until, Version = 4 }], await context.LeaseDueAsync(Now.AddMinutes(1), Until),
            "a lease at the time that the update set");
    }

    public static async Task Updates_change_what_is_due(CaseContext context)
    {
        var (sooner, postponed) = (await context.AddAsync(SampleRecords.Create()), await context.AddAsync(
            SampleRecords.CreateDue(TimeSpan.Zero)));
        var due = await context.UpdateAsync(sooner with { NextActionAt = Now });
        var later = await context.UpdateAsync(postponed with { NextActionAt = Now.AddHours(9) });

        ContractAssert.Same([Leased(due)], await context.LeaseDueAsync(Now, Until), "a lease of the record that became due");
        var next = await context.LeaseDueAsync(Now.AddHours(9), Now.AddHours(10));
        ContractAssert.Same(
            [Leased(later, Now.AddHours(10))], next.Where(record => record.Id == postponed.Id), "a lease of the postponed record");
    }

    public static async Task Deleted_records_are_not_leased(CaseContext context)
    {
        var (gone, stays) = (await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero)), await context.AddAsync(
            SampleRecords.CreateDue(TimeSpan.Zero)));
        await context.Store.DeleteAsync(gone.Id, context.CancellationToken);
        ContractAssert.Same([Leased(stays)], await context.LeaseDueAsync(Now, Until), "a lease after a delete");
        ContractAssert.Null(await context.FindAsync(gone.Id), "the deleted record");
    }

    private static UploadRecord Leased(UploadRecord record, DateTimeOffset? until = null) =>
        record with { NextActionAt = until ?? Until, Version = record.Version + 1 };

    private static string FormatAttempts(IEnumerable<UploadRecord> records) => FormatAttempts(records.Select(record => record.Attempts));

    private static string FormatAttempts(IEnumerable<int> numbers) => string.Join(' ', numbers);
}
