using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class StoredBytes
{
    public static async Task Pending_counts_declared_size_and_stored_actual_size(CaseContext context)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await context.AddAsync(SampleRecords.CreateOwned($"{status}") with
            {
                Status = status,
                DeclaredSize = 7,
                Size = 5,
                Variants = [new("thumb.webp", "final/thumb.webp", "image/webp", 100)],
            });

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var storedBytes = status switch
            {
                UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => 7,
                UploadStatus.Ready or UploadStatus.Failed => 105,
                _ => 0,
            };
            await context.AssertStoredBytesAsync("photos", $"{status}", storedBytes);
        }
    }

    public static async Task Writable_uploads_count_until_the_grant_expires(CaseContext context)
    {
        var expires = SampleRecords.Start.AddMinutes(15);
        foreach (var status in new[] { UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted })
            await context.AddAsync(
                SampleRecords.CreateOwned($"{status}") with { Status = status, DeclaredSize = 7, Size = 5, GrantExpiresAt = expires });

        foreach (var status in new[] { UploadStatus.Rejected, UploadStatus.Aborted, UploadStatus.Expired, UploadStatus.Deleted })
        {
            await context.AssertStoredBytesAsync("photos", $"{status}", 7, expires.AddTicks(-1));
            await context.AssertStoredBytesAsync("photos", $"{status}", 0, expires);
        }
    }

    public static async Task Owners_and_profiles_are_counted_separately(CaseContext context)
    {
        (string Profile, string? Owner)[] pairs =
        [
            ("photos", null), ("photos", ""), ("photos", "ada"), ("photos", "Ada"), ("Photos", "ada"), ("videos", "ada"), ("a/b", "c"),
            ("a", "b/c"), ("p", "é"), ("p", "e\u0301"),
        ];
        for (var at = 0; at < pairs.Length; at++)
            await context.AddAsync(
                SampleRecords.CreateOwned(pairs[at].Owner) with { Profile = pairs[at].Profile, DeclaredSize = 1L << at });

        for (var at = 0; at < pairs.Length; at++)
            await context.AssertStoredBytesAsync(pairs[at].Profile, pairs[at].Owner, 1L << at);
        await context.AssertStoredBytesAsync("videos", null, 0);
    }

    public static async Task Sums_beyond_32_bits_are_exact(CaseContext context)
    {
        foreach (var size in new[] { 5_000_000_000_000L, 4_294_967_295L, 1L, 9_007_199_254_740_993L, 0L })
            await context.AddAsync(SampleRecords.CreateOwned("ada") with { Status = UploadStatus.Ready, Size = size });
        await context.AssertStoredBytesAsync("photos", "ada", 9_012_203_549_708_289L);
    }

    public static async Task Every_operation_updates_the_sum(CaseContext context)
    {
        await context.AssertStoredBytesAsync("photos", "ada", 0);
        var one = await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 10 });
        await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 200 });
        await context.AssertStoredBytesAsync("photos", "ada", 210);
        var ready = await context.UpdateAsync(one with { Status = UploadStatus.Ready, Size = 9 });
        await context.AssertStoredBytesAsync("photos", "ada", 209);
        var deleted = await context.UpdateAsync(ready with { Status = UploadStatus.Deleted });
        await context.AssertStoredBytesAsync("photos", "ada", 200);
        await context.UpdateAsync(deleted with { Status = UploadStatus.Ready });
        await context.Store.DeleteAsync(one.Id, context.CancellationToken);
        await context.AssertStoredBytesAsync("photos", "ada", 200);
    }
}
