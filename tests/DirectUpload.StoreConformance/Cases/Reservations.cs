using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

/// <summary>How quotas are kept: whoever adds a record counts again, and takes it back when there are too many. So counts must see what was added before they began.</summary>
internal static class Reservations
{
    private const int Places = 10;

    public static Task A_hundred_who_reserve_by_count_get_no_more_than_the_places(Bench bench) =>
        TryAsync(bench, async (store, owner) => (await store.CountPendingAsync("photos", owner, Sample.Start, bench.Cancellation)).Count > Places, bench.Traits.CountsLag);

    public static Task A_hundred_who_reserve_by_bytes_get_no_more_than_the_places(Bench bench) =>
        TryAsync(bench, async (store, owner) => await store.SumHeldBytesAsync("photos", owner, Sample.Start, bench.Cancellation) > Places * 100, bench.Traits.CountsLag);

    public static Task A_hundred_who_reserve_by_creation_get_no_more_than_the_places(Bench bench) =>
        TryAsync(
            bench,
            async (store, owner) => await store.CountCreatedAsync(owner, Sample.Start.AddMinutes(-1), Places + 1, bench.Cancellation) > Places,
            bench.Traits.CountsLag > bench.Traits.OwnerListsLag ? bench.Traits.CountsLag : bench.Traits.OwnerListsLag);

    public static Task A_hundred_who_reserve_by_the_owner_s_list_get_no_more_than_the_places(Bench bench) =>
        TryAsync(bench, async (store, owner) => (await store.ListByOwnerAsync(owner, Places + 1, null, bench.Cancellation)).Count > Places, bench.Traits.OwnerListsLag);

    private static async Task TryAsync(Bench bench, Func<IUploadRecordStore, string, Task<bool>> isOver, TimeSpan lag)
    {
        var kept = await Bench.AtOnceAsync(100, async actor =>
        {
            var store = bench.Of(actor);
            var added = await store.AddAsync(Sample.Owned("ada"), bench.Cancellation);
            await Task.Delay(lag, bench.Cancellation);
            if (!await isOver(store, "ada"))
                return true;
            await store.DeleteAsync(added.Id, bench.Cancellation);
            return false;
        });

        Check.That(kept.Count(it => it) <= Places, $"{kept.Count(it => it)} reservations were kept; there are {Places} places.");
    }
}
