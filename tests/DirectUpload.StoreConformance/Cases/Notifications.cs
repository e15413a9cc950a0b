using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the notification queue, whose columns belong to the dispatcher and are invisible to processing.</summary>
internal static class Notifications
{
    private static readonly DateTimeOffset Now = SampleRecords.Start.AddHours(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(1);
    private static readonly Dictionary<string, DateTimeOffset> Checkpoint = new() { ["mailer"] = SampleRecords.Start.AddTicks(3) };

    public static async Task Pending_notifications_are_leased_oldest_first(CaseContext context)
    {
        var second = await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now.AddTicks(-1) });
        var never = await context.AddAsync(SampleRecords.CreateDue(TimeSpan.Zero));
        var first = await context.UpdateAsync(
            (await context.AddAsync(SampleRecords.Create())) with { NotifyAt = SampleRecords.Start, Attempts = 3 });
        var last = await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now });
        var later = await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now.AddTicks(1) });

        var leases = await LeaseAsync(context);

        ContractAssert.Same([first, second, last], leases.Select(lease => lease.Record), "the leased record");
        ContractAssert.Equal(
            $"{SampleRecords.Start:O} {Now.AddTicks(-1):O} {Now:O}",
            string.Join(' ', leases.Select(lease => lease.NotifyAt.ToUniversalTime().ToString("O"))), "the notification time");
        ContractAssert.That(leases.All(lease => lease.ExpiresAt == Until), "A lease must expire at the time that the caller set.");
        ContractAssert.Same(never, await context.FindAsync(never.Id), "the record without notification time");
        ContractAssert.Same(
            [later], (await LeaseAsync(context, Now.AddTicks(1))).Select(lease => lease.Record), "the records due one tick later");
    }

    public static async Task No_operation_returns_the_notification_time(CaseContext context)
    {
        var added = await context.AddAsync(
            SampleRecords.CreateOwned("ada") with { NotifyAt = SampleRecords.Start, NextActionAt = SampleRecords.Start });
        var changed = await context.UpdateAsync(added with { NotifyAt = Now });

        ContractAssert.Equal(null, added.NotifyAt, "the result of AddAsync");
        ContractAssert.Equal(null, changed.NotifyAt, "the result of TryUpdateAsync");
        ContractAssert.Equal(null, (await context.FindAsync(added.Id))!.NotifyAt, "the result of FindAsync");
        ContractAssert.Equal(null, (await context.ListAllAsync()).Single().NotifyAt, "the result of ListAllAsync");
        await context.AssertOwnerListAsync("ada", [changed]);
        ContractAssert.Equal(null, (await LeaseAsync(context)).Single().Record.NotifyAt, "the leased record");
        ContractAssert.Equal(null, (await context.LeaseSingleDueAsync(Now, Until)).NotifyAt, "the result of LeaseDueAsync");
    }

    public static async Task Leases_do_not_change_version_or_next_action(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.CreateOwned("ada") with { NotifyAt = Now, NextActionAt = Now });
        var lease = (await LeaseAsync(context)).Single();
        ContractAssert.Same(added, await context.FindAsync(added.Id), "the leased record");
        var changed = await context.UpdateAsync(context.SecondStore, added with { Attempts = 1 });
        ContractAssert.That(await SaveAsync(context, lease, Checkpoint, null), "An update of the record must not end the lease.");
        var saved = changed with { NotificationCheckpoints = Checkpoint };
        ContractAssert.Same(saved, await context.FindAsync(added.Id), "the record after the save");
        ContractAssert.Same(
            saved with { Attempts = 2, Version = 3 }, await context.UpdateAsync(saved with { Attempts = 2 }), "an update after the save");
        ContractAssert.Same(
            [saved with { Attempts = 2, Version = 4, NextActionAt = Until }], await context.LeaseDueAsync(Now, Until),
            "a lease of the due record");
    }

    public static async Task Updates_keep_checkpoints_lease_and_next_time(CaseContext context)
    {
        var stale = await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now });
        var lease = (await LeaseAsync(context)).Single();
        await context.UpdateAsync(stale with { Attempts = 1 });
        ContractAssert.Equal(0, (await LeaseAsync(context)).Count, "the number of records leased during a lease");
        ContractAssert.That(await SaveAsync(context, lease, Checkpoint, Now.AddHours(1)), "The lease must still be valid.");
        await context.UpdateAsync(
            stale with { Attempts = 2, Version = 2, NotificationCheckpoints = new Dictionary<string, DateTimeOffset>() });

        ContractAssert.Equal(
            0, (await LeaseAsync(context, Now.AddHours(1).AddTicks(-1))).Count,
            "the number of records leased before the next notification time");
        var next = (await LeaseAsync(context, Now.AddHours(1))).Single();
        ContractAssert.Equal(Now.AddHours(1), next.NotifyAt, "the next notification time");
        ContractAssert.Same(
            stale with { Attempts = 2, Version = 3, NotificationCheckpoints = Checkpoint }, next.Record,
            "the record at the next notification time");
    }

    public static async Task Expired_leases_cannot_save(CaseContext context)
    {
        await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now });
        var first = (await LeaseAsync(context)).Single();
        ContractAssert.Equal(
            0, (await LeaseAsync(context, Until.AddTicks(-1))).Count, "the number of records leased before the lease expires");
        var second = (await LeaseAsync(context, Until, Until.AddMinutes(1))).Single();

        ContractAssert.That(!await SaveAsync(context, first, Checkpoint, null), "An expired lease must not save.");
        ContractAssert.Equal(
            0, (await context.FindAsync(first.Record.Id))!.NotificationCheckpoints.Count, "the checkpoints of the expired lease");
        ContractAssert.That(await SaveAsync(context, second, Checkpoint, null), "The second lease must be valid.");
        ContractAssert.That(
            !await SaveAsync(context, second, new Dictionary<string, DateTimeOffset>(), Now), "A lease must save only once.");
        ContractAssert.Equal(0, (await LeaseAsync(context, Until.AddDays(1))).Count, "the number of remaining notifications");
    }

    public static async Task Notifications_queued_during_a_lease_follow_it(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create() with { NotifyAt = SampleRecords.Start });
        var lease = (await LeaseAsync(context)).Single();
        var changed = await context.UpdateAsync(added with { NotifyAt = Now, Status = UploadStatus.Ready });
        ContractAssert.Equal(0, (await LeaseAsync(context)).Count, "the number of records leased during a lease");

        ContractAssert.That(await SaveAsync(context, lease, Checkpoint, null), "The lease must still be valid.");

        var next = (await LeaseAsync(context)).Single();
        ContractAssert.Equal(Now, next.NotifyAt, "the notification time");
        ContractAssert.Same(
            changed with { NotificationCheckpoints = Checkpoint }, next.Record, "the record with the queued notification");
    }

    public static async Task The_limit_holds_and_one_dispatcher_leases_each(CaseContext context)
    {
        const int records = 60;
        await context.AddAllAsync(
            SampleRecords.CreateMany(records, at => SampleRecords.Create() with { NotifyAt = SampleRecords.Start.AddSeconds(at) }));
        await Task.Delay(context.Options.LeaseLag, context.CancellationToken);
        var leased = new ConcurrentBag<NotificationLease>();
        var patience = context.Options.LeaseLag + TimeSpan.FromSeconds(10);
        var since = Stopwatch.StartNew();
        await CaseContext.RunConcurrentlyAsync(6, async actor =>
        {
            while (leased.Count < records && since.Elapsed < patience)
            {
                var leases = await context.GetStore(actor).LeaseNotificationsAsync(Now, Until, 7, context.CancellationToken);
                ContractAssert.That(leases.Count <= 7, $"LeaseNotificationsAsync returned {leases.Count} records for a limit of 7.");
                foreach (var lease in leases)
                    leased.Add(lease);
            }
        });

        ContractAssert.Equal(records, leased.Count, "the number of leases");
        ContractAssert.Equal(records, leased.Select(lease => lease.Record.Id).Distinct().Count(), "the number of distinct records");
    }

    public static async Task Deleted_records_are_neither_leased_nor_restored(CaseContext context)
    {
        var (gone, leased) = (await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now }), await context.AddAsync(
            SampleRecords.Create() with { NotifyAt = SampleRecords.Start }));
        await context.Store.DeleteAsync(gone.Id, context.CancellationToken);
        var lease = (await LeaseAsync(context)).Single();
        await context.Store.DeleteAsync(leased.Id, context.CancellationToken);

        ContractAssert.That(!await SaveAsync(context, lease, Checkpoint, Now), "The lease of a deleted record must not save.");
        ContractAssert.Null(await context.FindAsync(leased.Id), "the deleted record");
        ContractAssert.Equal(0, (await LeaseAsync(context, Until)).Count, "the number of remaining notifications");
    }

    public static async Task Checkpoints_round_trip_names_and_times(CaseContext context)
    {
        var checkpoints = SampleTexts.Unusual.Where(name => name.Length > 0)
            .Select((name, at) => KeyValuePair.Create(name, SampleRecords.Start.AddTicks(at))).ToDictionary();
        await context.AddAsync(SampleRecords.Create() with { NotifyAt = Now });
        var lease = (await LeaseAsync(context)).Single();
        await SaveAsync(context, lease, checkpoints, null);
        ContractAssert.Same(
            lease.Record with { NotificationCheckpoints = checkpoints }, await context.FindAsync(lease.Record.Id), "the checkpoints");
    }

    private static async Task<IReadOnlyList<NotificationLease>> LeaseAsync(
        CaseContext context, DateTimeOffset? now = null, DateTimeOffset? until = null)
    {
        await Task.Delay(context.Options.LeaseLag, context.CancellationToken);
        var at = now ?? Now;
        return await context.SecondStore.LeaseNotificationsAsync(
            at, until ?? (at < Until ? Until : at.AddMinutes(1)), 1000, context.CancellationToken);
    }

    private static async Task<bool> SaveAsync(
        CaseContext context, NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? next) =>
        await context.Store.TrySaveCheckpointsAsync(lease, checkpoints, next, context.CancellationToken);
}
