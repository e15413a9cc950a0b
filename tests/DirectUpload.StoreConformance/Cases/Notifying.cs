using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>The queue of notifications: its columns belong to the dispatcher, and processing neither sees nor disturbs them.</summary>
internal static class Notifying
{
    private static readonly DateTimeOffset Now = Sample.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(1);
    private static readonly UploadTold Told = new("mailer", Sample.Start.AddTicks(3));

    public static async Task What_was_added_or_changed_to_be_notified_is_leased_the_longest_waiting_first(Bench bench)
    {
        var second = await bench.AddAsync(Sample.Record() with { NotifyAt = Now.AddTicks(-1) });
        var never = await bench.AddAsync(Sample.Due(TimeSpan.Zero));
        var first = await bench.ChangeAsync((await bench.AddAsync(Sample.Record())) with { NotifyAt = Sample.Start, Attempts = 3 });
        var last = await bench.AddAsync(Sample.Record() with { NotifyAt = Now });
        var later = await bench.AddAsync(Sample.Record() with { NotifyAt = Now.AddTicks(1) });

        var leases = await ClaimAsync(bench);

        Check.Same([first, second, last], leases.Select(lease => lease.Record), "what is leased");
        Check.Equal($"{Sample.Start:O} {Now.AddTicks(-1):O} {Now:O}", string.Join(' ', leases.Select(lease => lease.NotifyAt.ToUniversalTime().ToString("O"))), "since when it waits");
        Check.That(leases.All(lease => lease.Until == Until), "A lease ends when the caller said.");
        Check.Same(never, await bench.FindAsync(never.Id), "what is not to be notified");
        Check.Same([later], (await ClaimAsync(bench, Now.AddTicks(1))).Select(lease => lease.Record), "what is due a tick later");
    }

    public static async Task No_verb_returns_the_time(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Owned("ada") with { NotifyAt = Sample.Start, DueAt = Sample.Start });
        var changed = await bench.ChangeAsync(added with { NotifyAt = Now });

        Check.Equal(null, added.NotifyAt, "what an add returns");
        Check.Equal(null, changed.NotifyAt, "what an update returns");
        Check.Equal(null, (await bench.FindAsync(added.Id))!.NotifyAt, "what is found");
        Check.Equal(null, (await bench.ListAllAsync()).Single().NotifyAt, "what is listed");
        await bench.ListsAsync("ada", [changed]);
        Check.Equal(null, (await ClaimAsync(bench)).Single().Record.NotifyAt, "what is leased");
        Check.Equal(null, (await bench.ClaimOneAsync(Now, Until)).NotifyAt, "what is claimed");
    }

    public static async Task A_lease_and_its_end_change_nothing_that_processing_sees(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Owned("ada") with { NotifyAt = Now, DueAt = Now });
        var lease = (await ClaimAsync(bench)).Single();
        Check.Same(added, await bench.FindAsync(added.Id), "a leased record");
        var changed = await bench.ChangeAsync(bench.Other, added with { Attempts = 1 });
        Check.That(await SaveAsync(bench, lease, [Told], null), "A change of the record does not end a lease.");
        var saved = changed with { Told = [Told] };
        Check.Same(saved, await bench.FindAsync(added.Id), "the record after the lease");
        Check.Same(saved with { Attempts = 2, Version = 3 }, await bench.ChangeAsync(saved with { Attempts = 2 }), "an update by who knows the version");
        Check.Same([saved with { Attempts = 2, Version = 4, DueAt = Until }], await bench.ClaimAsync(Now, Until), "a claim of what is due");
    }

    public static async Task An_update_overwrites_neither_progress_nor_lease_nor_the_next_time(Bench bench)
    {
        var stale = await bench.AddAsync(Sample.Record() with { NotifyAt = Now });
        var lease = (await ClaimAsync(bench)).Single();
        await bench.ChangeAsync(stale with { Attempts = 1 });
        Check.Equal(0, (await ClaimAsync(bench)).Count, "how many are leased while a lease goes on");
        Check.That(await SaveAsync(bench, lease, [Told], Now.AddHours(1)), "The lease is still held.");
        await bench.ChangeAsync(stale with { Attempts = 2, Version = 2, Told = [] });

        Check.Equal(0, (await ClaimAsync(bench, Now.AddHours(1).AddTicks(-1))).Count, "how many are leased before the next time");
        var next = (await ClaimAsync(bench, Now.AddHours(1))).Single();
        Check.Equal(Now.AddHours(1), next.NotifyAt, "the next time");
        Check.Same(stale with { Attempts = 2, Version = 3, Told = [Told] }, next.Record, "the record then");
    }

    public static async Task A_lease_is_over_when_its_time_is_and_then_ends_nothing(Bench bench)
    {
        await bench.AddAsync(Sample.Record() with { NotifyAt = Now });
        var first = (await ClaimAsync(bench)).Single();
        Check.Equal(0, (await ClaimAsync(bench, Until.AddTicks(-1))).Count, "how many are leased before the lease is over");
        var second = (await ClaimAsync(bench, Until, Until.AddMinutes(1))).Single();

        Check.That(!await SaveAsync(bench, first, [Told], null), "A lease that has passed to another ends nothing.");
        Check.Equal(0, (await bench.FindAsync(first.Record.Id))!.Told.Count, "what the first has stored");
        Check.That(await SaveAsync(bench, second, [Told], null), "The second holds the lease.");
        Check.That(!await SaveAsync(bench, second, [], Now), "A lease ends once.");
        Check.Equal(0, (await ClaimAsync(bench, Until.AddDays(1))).Count, "how many are left");
    }

    public static async Task What_is_queued_during_a_lease_is_due_when_the_lease_has_ended(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record() with { NotifyAt = Sample.Start });
        var lease = (await ClaimAsync(bench)).Single();
        var changed = await bench.ChangeAsync(added with { NotifyAt = Now, Status = UploadStatus.Ready });
        Check.Equal(0, (await ClaimAsync(bench)).Count, "how many are leased while a lease goes on");

        Check.That(await SaveAsync(bench, lease, [Told], null), "The lease is still held.");

        var next = (await ClaimAsync(bench)).Single();
        Check.Equal(Now, next.NotifyAt, "since when it waits");
        Check.Same(changed with { Told = [Told] }, next.Record, "the record with what was queued");
    }

    public static async Task Never_more_than_the_limit_and_of_many_dispatchers_one_leases_each(Bench bench)
    {
        const int records = 60;
        await bench.AddAllAsync(Sample.Many(records, at => Sample.Record() with { NotifyAt = Sample.Start.AddSeconds(at) }));
        await Task.Delay(bench.Traits.ClaimsLag, bench.Cancellation);
        var leased = new ConcurrentBag<NotificationLease>();
        var patience = bench.Traits.ClaimsLag + TimeSpan.FromSeconds(10);
        var since = Stopwatch.StartNew();
        await Bench.AtOnceAsync(6, async actor =>
        {
            while (leased.Count < records && since.Elapsed < patience)
            {
                var leases = await bench.Of(actor).ClaimNotificationsAsync(Now, Until, 7, bench.Cancellation);
                Check.That(leases.Count <= 7, $"{leases.Count} were leased, with a limit of 7.");
                foreach (var lease in leases)
                    leased.Add(lease);
            }
        });

        Check.Equal(records, leased.Count, "how many were leased");
        Check.Equal(records, leased.Select(lease => lease.Record.Id).Distinct().Count(), "how many different ones");
    }

    public static async Task What_was_deleted_is_neither_leased_nor_brought_back(Bench bench)
    {
        var (gone, leased) = (await bench.AddAsync(Sample.Record() with { NotifyAt = Now }), await bench.AddAsync(Sample.Record() with { NotifyAt = Sample.Start }));
        await bench.Store.DeleteAsync(gone.Id, bench.Cancellation);
        var lease = (await ClaimAsync(bench)).Single();
        await bench.Store.DeleteAsync(leased.Id, bench.Cancellation);

        Check.That(!await SaveAsync(bench, lease, [Told], Now), "The lease of what was deleted is over.");
        Check.Missing(await bench.FindAsync(leased.Id), "what was deleted");
        Check.Equal(0, (await ClaimAsync(bench, Until)).Count, "how many are left");
    }

    public static async Task Progress_is_stored_with_every_name_and_instant(Bench bench)
    {
        UploadTold[] told = [.. Texts.Odd.Where(name => name.Length > 0).Select((name, at) => new UploadTold(name, Sample.Start.AddTicks(at)))];
        await bench.AddAsync(Sample.Record() with { NotifyAt = Now });
        var lease = (await ClaimAsync(bench)).Single();
        await SaveAsync(bench, lease, told, null);
        Check.Same(lease.Record with { Told = told }, await bench.FindAsync(lease.Record.Id), "the progress");
    }

    private static async Task<IReadOnlyList<NotificationLease>> ClaimAsync(Bench bench, DateTimeOffset? now = null, DateTimeOffset? until = null)
    {
        await Task.Delay(bench.Traits.ClaimsLag, bench.Cancellation);
        var at = now ?? Now;
        return await bench.Other.ClaimNotificationsAsync(at, until ?? (at < Until ? Until : at.AddMinutes(1)), 1000, bench.Cancellation);
    }

    private static async Task<bool> SaveAsync(Bench bench, NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? next) =>
        await bench.Store.TrySaveNotificationsAsync(lease, told, next, bench.Cancellation);
}
