using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class HeldBytes
{
    public static async Task Pending_ones_count_as_claimed_kept_ones_as_they_are_and_gone_ones_not(Bench bench)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await bench.AddAsync(Sample.Owned($"{status}") with { Status = status, ClaimedSize = 7, Size = 5, Derivatives = [new("thumb.webp", "final/thumb.webp", "image/webp", 100)] });

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var held = status switch
            {
                UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => 7,
                UploadStatus.Ready or UploadStatus.Failed => 105,
                _ => 0,
            };
            await bench.HoldsAsync("photos", $"{status}", held);
        }
    }

    public static async Task What_can_still_be_written_counts_until_its_grant_expires(Bench bench)
    {
        var expires = Sample.Start.AddMinutes(15);
        foreach (var status in new[] { UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted })
            await bench.AddAsync(Sample.Owned($"{status}") with { Status = status, ClaimedSize = 7, Size = 5, GrantExpiresAt = expires });

        foreach (var status in new[] { UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted })
        {
            await bench.HoldsAsync("photos", $"{status}", 7, expires.AddTicks(-1));
            await bench.HoldsAsync("photos", $"{status}", 0, expires);
        }
    }

    public static async Task Each_owner_and_each_profile_by_itself(Bench bench)
    {
        (string Profile, string? Owner)[] pairs = [("photos", null), ("photos", ""), ("photos", "ada"), ("photos", "Ada"), ("Photos", "ada"), ("videos", "ada"), ("a/b", "c"), ("a", "b/c"), ("p", "é"), ("p", "e\u0301")];
        for (var at = 0; at < pairs.Length; at++)
            await bench.AddAsync(Sample.Owned(pairs[at].Owner) with { Profile = pairs[at].Profile, ClaimedSize = 1L << at });

        for (var at = 0; at < pairs.Length; at++)
            await bench.HoldsAsync(pairs[at].Profile, pairs[at].Owner, 1L << at);
        await bench.HoldsAsync("videos", null, 0);
    }

    public static async Task Beyond_32_bits_and_to_the_byte(Bench bench)
    {
        foreach (var size in new[] { 5_000_000_000_000L, 4_294_967_295L, 1L, 9_007_199_254_740_993L, 0L })
            await bench.AddAsync(Sample.Owned("ada") with { Status = UploadStatus.Ready, Size = size });
        await bench.HoldsAsync("photos", "ada", 9_012_203_549_708_289L);
    }

    public static async Task They_follow_every_verb(Bench bench)
    {
        await bench.HoldsAsync("photos", "ada", 0);
        var one = await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = 10 });
        await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = 200 });
        await bench.HoldsAsync("photos", "ada", 210);
        var ready = await bench.ChangeAsync(one with { Status = UploadStatus.Ready, Size = 9 });
        await bench.HoldsAsync("photos", "ada", 209);
        var deleted = await bench.ChangeAsync(ready with { Status = UploadStatus.Deleted });
        await bench.HoldsAsync("photos", "ada", 200);
        await bench.ChangeAsync(deleted with { Status = UploadStatus.Ready });
        await bench.Store.DeleteAsync(one.Id, bench.Cancellation);
        await bench.HoldsAsync("photos", "ada", 200);
    }
}
