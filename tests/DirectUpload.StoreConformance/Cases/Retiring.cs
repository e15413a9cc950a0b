using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Where the database retires by itself, the verb must do nothing: <see cref="Retires"/> tells what is then due.</summary>
internal static class Retiring
{
    private static readonly DateTimeOffset Now = Sample.Start.AddHours(1);

    public static async Task What_may_vanish_at_that_very_instant_goes_and_what_a_tick_later_stays(Bench bench)
    {
        var early = await bench.AddAsync(Sample.Retiring(TimeSpan.Zero));
        var exact = await bench.AddAsync(Sample.Record() with { RetireAt = Now });
        var late = await bench.AddAsync(Sample.Record() with { RetireAt = Now.AddTicks(1) });
        var never = await bench.AddAsync(Sample.Due(TimeSpan.Zero) with { Status = UploadStatus.Deleted });
        await Retires(bench, Now, 100, 2);

        Check.SameInAnyOrder(bench.Traits.RetiresByItself ? [early, exact, late, never] : [late, never], await bench.ListAllAsync(), "what stays");
    }

    public static async Task Never_more_than_the_limit_and_the_others_go_next(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(25, at => Sample.Retiring(TimeSpan.FromMinutes(at))));
        var stays = await bench.AddAsync(Sample.Retiring(TimeSpan.FromDays(1)));
        foreach (var (count, left) in new[] { (10, 16), (10, 6), (5, 1), (0, 1) })
        {
            await Retires(bench, Now, 10, count);
            Check.Equal(bench.Traits.RetiresByItself ? 26 : left, (await bench.ListAllAsync()).Count, "how many are left");
        }

        Check.Same(stays, await bench.FindAsync(stays.Id), "what may not vanish yet");
    }

    public static async Task Thousands_go_at_once(Bench bench)
    {
        if (bench.Traits.RetiresByItself)
            return;
        await bench.AddAllAsync(Sample.Many(1234, at => Sample.Retiring(TimeSpan.FromSeconds(at))));
        await Retires(bench, Now, 10_000, 1234);
        Check.Same([], await bench.ListAllAsync(), "what is left");
    }

    public static async Task What_retired_has_gone_everywhere(Bench bench)
    {
        var gone = await bench.AddAsync(Sample.Owned("ada") with { RetireAt = Now, DueAt = Now });
        await Retires(bench, Now, 10, 1);
        if (bench.Traits.RetiresByItself)
            return;

        Check.Missing(await bench.FindAsync(gone.Id), "what has retired");
        Check.Missing(await bench.UpdateAsync(gone), "an update of what has retired");
        Check.Same([], await bench.ClaimAsync(Now, Now.AddHours(1)), "a claim of what has retired");
        await bench.ListsAsync("ada", []);
        await bench.CountsAsync("photos", "ada", 0, 0);
    }

    public static async Task A_change_of_mind_counts(Bench bench)
    {
        var stays = await bench.AddAsync(Sample.Retiring(TimeSpan.Zero));
        var goes = await bench.AddAsync(Sample.Record());
        stays = await bench.ChangeAsync(stays with { RetireAt = null });
        goes = await bench.ChangeAsync(goes with { RetireAt = Now });
        await Retires(bench, Now, 10, 1);
        Check.SameInAnyOrder(bench.Traits.RetiresByItself ? [stays, goes] : [stays], await bench.ListAllAsync(), "what stays");
    }

    public static async Task What_is_changed_at_once_to_stay_stays(Bench bench)
    {
        for (var round = 0; round < 25; round++)
        {
            var added = await bench.AddAsync(Sample.Retiring(TimeSpan.Zero));
            UploadRecord? changed = null;
            await Bench.AtOnceAsync(2, async actor =>
            {
                if (actor == 0)
                    await bench.Store.RetireAsync(Now, 10, bench.Cancellation);
                else
                    changed = await bench.Other.TryUpdateAsync(added with { RetireAt = null }, bench.Cancellation);
            });

            var found = await bench.FindAsync(added.Id);
            if (changed is not null)
                Check.Same(changed, found, "what was changed to stay, before it could go,");
            else
                Check.Missing(found, "what went before it could be changed");
        }
    }

    public static async Task Of_many_that_retire_each_record_is_counted_once(Bench bench)
    {
        await bench.AddAllAsync(Sample.Many(120, at => Sample.Retiring(TimeSpan.FromSeconds(at))));
        var counts = await Bench.AtOnceAsync(4, async actor =>
        {
            var total = 0;
            for (var removed = 7; removed == 7; total += removed)
                removed = await bench.Of(actor).RetireAsync(Now, 7, bench.Cancellation);
            return total;
        });

        // Whoever meets the others on the same records may remove fewer than there are; the next call finds the rest.
        var rest = await bench.Store.RetireAsync(Now, 1000, bench.Cancellation);
        Check.Equal(bench.Traits.RetiresByItself ? 0 : 120, counts.Sum() + rest, "how many were removed, all told");
        Check.Equal(bench.Traits.RetiresByItself ? 120 : 0, (await bench.ListAllAsync()).Count, "how many are left");
    }

    public static async Task An_instant_told_in_another_zone_is_that_instant(Bench bench)
    {
        await bench.AddAsync(Sample.Record() with { RetireAt = Now.ToOffset(TimeSpan.FromHours(-7)) });
        await Retires(bench, Now.AddTicks(-1).ToOffset(TimeSpan.FromHours(9)), 10, 0);
        await Retires(bench, Now.ToOffset(TimeSpan.FromHours(9)), 10, 1);
    }

    private static async Task Retires(Bench bench, DateTimeOffset now, int limit, int expected) => Check.Equal(
        bench.Traits.RetiresByItself ? 0 : expected, await bench.Store.RetireAsync(now, limit, bench.Cancellation), "how many were removed");
}
