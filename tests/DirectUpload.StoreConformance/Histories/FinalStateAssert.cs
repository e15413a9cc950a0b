using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Asserts, after all actors have stopped, that lists, counts, leases and purges agree with the records.</summary>
internal static class FinalStateAssert
{
    private static readonly DateTimeOffset Halfway = SampleRecords.Start.AddHours(4);
    private static readonly DateTimeOffset Latest = SampleRecords.Start.AddHours(24);

    public static async Task IsConsistentAsync(CaseContext context, History history, IReadOnlyList<UploadRecord> last)
    {
        ContractAssert.SameInAnyOrder(last, await context.ListAllAsync(), "the final list of all records");
        foreach (var owner in history.InitialRecords.Select(record => record.Owner).Distinct())
        {
            var owned = last.Where(record => record.Owner == owner).ToArray();
            await context.AssertOwnerListAsync(owner, owned.OrderByDescending(record => record.Id));
            foreach (var now in new[] { SampleRecords.Start, Latest })
            {
                var pending = owned.Where(record => record.PendingBytes() is not null && !(record.QuotaEndsAt() <= now)).ToArray();
                await context.AssertPendingAsync("photos", owner, pending.Length, pending.Sum(record => record.DeclaredSize), now);
                await context.AssertStoredBytesAsync(
                    "photos", owner, owned.Where(record => !(record.QuotaEndsAt() <= now)).Sum(record => record.StoredBytes() ?? 0), now);
            }

            await context.AssertCreatedCountAsync(owner, SampleRecords.Start.AddTicks(-1), owned.Length);
        }

        foreach (var (type, id, kind) in Actor.Associations)
        {
            var associated = last.Where(record => (record.Association?.Type, record.Association?.Id) == (type, id))
                .OrderByDescending(record => record.Id).ToArray();
            await context.AssertListAsync(UploadFilter.ForAssociation(type, id), associated);
            await context.AssertListAsync(
                UploadFilter.ForAssociation(type, id, kind), associated.Where(record => record.Association!.Kind == kind));
        }

        await AssertLeasesAsync(context, last);
        await AssertPurgeAsync(context, last);
        foreach (var record in history.InitialRecords)
            await context.Store.DeleteAsync(record.Id, context.CancellationToken);
    }

    private static async Task AssertLeasesAsync(CaseContext context, IReadOnlyList<UploadRecord> last)
    {
        var due = last.Where(record => record.NextActionAt <= Halfway).OrderBy(record => record.NextActionAt).ToArray();
        var leased = await context.LeaseDueAsync(Halfway, Latest);
        ContractAssert.SameInAnyOrder(
            due.Select(record => record with { NextActionAt = Latest, Version = record.Version + 1 }), leased, "the final lease");
        var times = leased.Select(record => due.Single(before => before.Id == record.Id).NextActionAt!.Value).ToArray();
        ContractAssert.That(times.SequenceEqual(times.Order()), "LeaseDueAsync must return the longest overdue records first.");
    }

    private static async Task AssertPurgeAsync(CaseContext context, IReadOnlyList<UploadRecord> last)
    {
        var purged = context.Options.PurgesAutomatically
            ? []
            : last.Where(record => record.PurgeAt <= Halfway).Select(record => record.Id).ToArray();
        ContractAssert.Equal(
            purged.Length, await context.Store.PurgeExpiredAsync(Halfway, 100, context.CancellationToken),
            "the number of finally purged records");
        var remaining = await context.ListAllAsync();
        ContractAssert.Equal(
            FormatIds(last.Select(record => record.Id).Except(purged)), FormatIds(remaining.Select(record => record.Id)),
            "the records after the final purge");
    }

    private static string FormatIds(IEnumerable<UploadId> ids) => string.Join(' ', ids.Order());
}
