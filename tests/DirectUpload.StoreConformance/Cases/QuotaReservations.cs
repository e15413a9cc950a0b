using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>Tests the counts that enforce quotas.</summary>
/// <remarks>
/// A caller adds a record, counts, and deletes the record if the quota is exceeded. So each count must include every earlier record.
/// </remarks>
internal static class QuotaReservations
{
    private const int Quota = 10;

    public static Task Concurrent_reservations_by_count_stay_in_the_quota(CaseContext context) =>
        RunAsync(
            context,
            async (store, owner) =>
                (await store.CountPendingAsync("photos", owner, SampleRecords.Start, context.CancellationToken)).Count > Quota,
            context.Options.CountLag);

    public static Task Concurrent_reservations_by_bytes_stay_in_the_quota(CaseContext context) =>
        RunAsync(
            context,
            async (store, owner) =>
                await store.GetStoredBytesAsync("photos", owner, SampleRecords.Start, context.CancellationToken) > Quota * 100,
            context.Options.CountLag);

    public static Task Concurrent_reservations_by_creation_stay_in_the_quota(CaseContext context) =>
        RunAsync(
            context,
            async (store, owner) =>
                await store.CountCreatedAsync(owner, SampleRecords.Start.AddMinutes(-1), Quota + 1, context.CancellationToken) > Quota,
            context.Options.CountLag > context.Options.OwnerListLag ? context.Options.CountLag : context.Options.OwnerListLag);

    public static Task Concurrent_reservations_by_list_stay_in_the_quota(CaseContext context) =>
        RunAsync(
            context,
            async (store, owner) =>
                (await store.ListAsync(UploadFilter.ForOwner(owner), Quota + 1, context.CancellationToken)).Count > Quota,
            context.Options.OwnerListLag);

    private static async Task RunAsync(CaseContext context, Func<IUploadRecordStore, string, Task<bool>> isOver, TimeSpan lag)
    {
        var kept = await CaseContext.RunConcurrentlyAsync(100, async actor =>
        {
            var store = context.GetStore(actor);
            var added = await store.AddAsync(SampleRecords.CreateOwned("ada"), context.CancellationToken);
            await Task.Delay(lag, context.CancellationToken);
            if (!await isOver(store, "ada"))
                return true;
            await store.DeleteAsync(added.Id, context.CancellationToken);
            return false;
        });

        ContractAssert.That(kept.Count(it => it) <= Quota, $"{kept.Count(it => it)} reservations remained; the quota is {Quota}.");
    }
}
