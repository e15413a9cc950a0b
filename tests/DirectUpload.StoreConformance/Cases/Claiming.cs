using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Claiming
{
    private static readonly DateTimeOffset Now = Sample.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(5).AddTicks(3);

    public static async Task Nothing_is_claimed_where_nothing_is_due(Bench bench)
    {
        Check.Same([], await bench.ClaimAsync(Now, Until), "a claim in an empty store");
        await bench.AddAsync(Sample.Due(TimeSpan.FromHours(2)));
        Check.Same([], await bench.ClaimAsync(Now, Until), "a claim of what is due later");
    }

    public static async Task What_is_never_due_is_never_claimed(Bench bench)
    {
        await bench.AddAsync(Sample.Record());
        var cleared = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
        await bench.ChangeAsync(cleared with { DueAt = null });
        Check.Same([], await bench.ClaimAsync(DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue), "a claim at the end of time");
    }

    public static async Task Due_is_what_is_due_at_that_very_instant_and_not_a_tick_later(Bench bench)
    {
        var due = await bench.AddAsync(Sample.Record() with { DueAt = Now });
        var later = await bench.AddAsync(Sample.Record() with { DueAt = Now.AddTicks(1) });

        Check.Same([Claimed(due)], await bench.ClaimAsync(Now, Until), "a claim at the instant");
        Check.Same([Claimed(later)], await bench.ClaimAsync(Now.AddTicks(1), Until), "a claim a tick later");
    }

    public static async Task The_longest_overdue_come_first(Bench bench)
    {
        int[] minutes = [3, 59, 1, 2, 40, 0, 17, 60, 5, 33];
        foreach (var minute in minutes)
            await bench.AddAsync(Sample.Due(TimeSpan.FromMinutes(minute)) with { Attempts = minute });

        var inOrder = minutes.Order().ToArray();
        Check.Equal(Numbers(inOrder.Take(4)), Numbers(await bench.ClaimAsync(Now, Until, 4)), "the first four");
        Check.Equal(Numbers(inOrder.Skip(4)), Numbers(await bench.ClaimAsync(Now, Until)), "all others");
    }

    public static async Task The_oldest_by_its_time_comes_first_however_its_text_sorts(Bench bench)
    {
        DateTimeOffset[] times = [DateTimeOffset.UnixEpoch.AddTicks(1), DateTimeOffset.UnixEpoch.AddSeconds(9), DateTimeOffset.UnixEpoch.AddSeconds(10), Sample.Start, Now.AddTicks(-10), Now];
        for (var at = times.Length - 1; at >= 0; at--)
            await bench.AddAsync(Sample.Record() with { DueAt = times[at], Attempts = at });
        Check.Equal(Numbers(Enumerable.Range(0, times.Length)), Numbers(await bench.ClaimAsync(Now, Until)), "the order of what is due");
    }

    public static async Task Never_more_than_the_limit_and_the_others_come_next(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(25, at => Sample.Due(TimeSpan.FromMinutes(at))));
        foreach (var expected in new[] { 10, 10, 5, 0 })
            Check.Equal(expected, (await bench.ClaimAsync(Now, Until, 10)).Count, "how many were claimed");
    }

    public static async Task A_thousand_can_be_claimed_at_once(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(1010, at => Sample.Due(TimeSpan.FromSeconds(at))));
        var first = await bench.ClaimAsync(Now, Until, 1000);
        var second = await bench.ClaimAsync(Now, Until, 1000);

        Check.Equal(1000, first.Count, "the first claim");
        Check.Equal(10, second.Count, "the second claim");
        Check.Equal(1010, first.Concat(second).Select(record => record.Id).Distinct().Count(), "how many different ones");
    }

    public static async Task Only_its_due_time_and_its_version_change(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Owned("ada") with { DueAt = Sample.Start, Attempts = 3, Status = UploadStatus.Processing });
        var changed = await bench.ChangeAsync(added with { Attempts = 4 });
        var claimed = await bench.ClaimAsync(Now, Until);

        Check.Same([changed with { DueAt = Until, Version = 3 }], claimed, "what a claim returns");
        Check.Same(claimed[0], await bench.FindAsync(added.Id), "what was claimed");
        await bench.ListsAsync("ada", claimed);
    }

    public static async Task Whatever_its_status_what_is_due_is_claimed(Bench bench)
    {
        var statuses = Enum.GetValues<UploadStatus>();
        foreach (var status in statuses)
            await bench.AddAsync(Sample.Due(TimeSpan.Zero) with { Status = status, RetireAt = Sample.Start });
        var claimed = await bench.ClaimAsync(Now, Until);
        Check.Equal(string.Join(' ', statuses), string.Join(' ', claimed.Select(record => record.Status).Order()), "the statuses of what was claimed");
    }

    public static async Task A_claimed_record_comes_back_when_the_claim_ends_and_not_before(Bench bench)
    {
        var last = await bench.AddAsync(Sample.Record() with { DueAt = Now });
        for (var round = 1; round <= 3; round++)
        {
            var (at, ends) = (last.DueAt!.Value, Now.AddMinutes(round));
            Check.Same([], await bench.ClaimAsync(at.AddTicks(-1), ends), "a claim a tick before");
            var claimed = await bench.ClaimAsync(at, ends);
            Check.Same([Claimed(last, ends)], claimed, "a claim at the time");
            last = claimed[0];
        }
    }

    public static async Task A_claimant_may_change_what_it_claimed_and_who_knows_the_version_before_may_not(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
        var claimed = await bench.ClaimOneAsync(Now, Until);

        Check.Missing(await bench.UpdateAsync(added with { Attempts = 9 }), "an update of the version before the claim");
        var changed = await bench.ChangeAsync(bench.Other, claimed with { DueAt = Now.AddMinutes(1), Attempts = 1 });
        Check.Same(claimed with { DueAt = Now.AddMinutes(1), Attempts = 1, Version = 3 }, changed, "what the claimant stored");
        Check.Same([changed with { DueAt = Until, Version = 4 }], await bench.ClaimAsync(Now.AddMinutes(1), Until), "a claim at the time it then set");
    }

    public static async Task What_became_due_by_a_change_is_claimed_and_what_was_put_off_is_not(Bench bench)
    {
        var (sooner, putOff) = (await bench.AddAsync(Sample.Record()), await bench.AddAsync(Sample.Due(TimeSpan.Zero)));
        var due = await bench.ChangeAsync(sooner with { DueAt = Now });
        var later = await bench.ChangeAsync(putOff with { DueAt = Now.AddHours(9) });

        Check.Same([Claimed(due)], await bench.ClaimAsync(Now, Until), "a claim of what became due");
        var next = await bench.ClaimAsync(Now.AddHours(9), Now.AddHours(10));
        Check.Same([Claimed(later, Now.AddHours(10))], next.Where(record => record.Id == putOff.Id), "a claim of what was put off");
    }

    public static async Task What_was_deleted_is_not_claimed(Bench bench)
    {
        var (gone, stays) = (await bench.AddAsync(Sample.Due(TimeSpan.Zero)), await bench.AddAsync(Sample.Due(TimeSpan.Zero)));
        await bench.Store.DeleteAsync(gone.Id, bench.Cancellation);
        Check.Same([Claimed(stays)], await bench.ClaimAsync(Now, Until), "a claim after a delete");
        Check.Missing(await bench.FindAsync(gone.Id), "what was deleted");
    }

    private static UploadRecord Claimed(UploadRecord record, DateTimeOffset? until = null) =>
        record with { DueAt = until ?? Until, Version = record.Version + 1 };

    private static string Numbers(IEnumerable<UploadRecord> records) => Numbers(records.Select(record => record.Attempts));

    private static string Numbers(IEnumerable<int> numbers) => string.Join(' ', numbers);
}
