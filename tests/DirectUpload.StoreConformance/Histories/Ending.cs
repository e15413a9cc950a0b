using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Once everybody has stopped: what lists, counts, claims and retirement say of the records must be what the records say.</summary>
internal static class Ending
{
    private static readonly DateTimeOffset Halfway = Sample.Start.AddHours(4);
    private static readonly DateTimeOffset End = Sample.Start.AddHours(24);

    public static async Task MustAgreeAsync(Bench bench, History history, IReadOnlyList<UploadRecord> last)
    {
        Check.SameInAnyOrder(last, await bench.ListAllAsync(), "the listing of everything, in the end,");
        foreach (var owner in history.Blank.Select(record => record.Owner).Distinct())
        {
            var owned = last.Where(record => record.Owner == owner).ToArray();
            await bench.ListsAsync(owner, owned.OrderByDescending(record => record.Id));
            foreach (var now in new[] { Sample.Start, End })
            {
                var pending = owned.Where(record => record.PendingBytes() is not null && !(record.QuotaEndsAt() <= now)).ToArray();
                await bench.CountsAsync("photos", owner, pending.Length, pending.Sum(record => record.ClaimedSize), now);
                await bench.HoldsAsync("photos", owner, owned.Where(record => !(record.QuotaEndsAt() <= now)).Sum(record => record.HeldBytes() ?? 0), now);
            }

            await bench.CreatedAsync(owner, Sample.Start.AddTicks(-1), owned.Length);
        }

        await ClaimsAsync(bench, last);
        await RetiresAsync(bench, last);
        foreach (var record in history.Blank)
            await bench.Store.DeleteAsync(record.Id, bench.Cancellation);
    }

    private static async Task ClaimsAsync(Bench bench, IReadOnlyList<UploadRecord> last)
    {
        var due = last.Where(record => record.DueAt <= Halfway).OrderBy(record => record.DueAt).ToArray();
        var claimed = await bench.ClaimAsync(Halfway, End);
        Check.SameInAnyOrder(due.Select(record => record with { DueAt = End, Version = record.Version + 1 }), claimed, "what is claimed in the end");
        var times = claimed.Select(record => due.Single(before => before.Id == record.Id).DueAt!.Value).ToArray();
        Check.That(times.SequenceEqual(times.Order()), "The longest overdue must come first.");
    }

    private static async Task RetiresAsync(Bench bench, IReadOnlyList<UploadRecord> last)
    {
        var going = bench.Traits.RetiresByItself ? [] : last.Where(record => record.RetireAt <= Halfway).Select(record => record.Id).ToArray();
        Check.Equal(going.Length, await bench.Store.RetireAsync(Halfway, 100, bench.Cancellation), "how many retire in the end");
        var left = await bench.ListAllAsync();
        Check.Equal(Ids(last.Select(record => record.Id).Except(going)), Ids(left.Select(record => record.Id)), "what is left in the end");
    }

    private static string Ids(IEnumerable<UploadId> ids) => string.Join(' ', ids.Order());
}
