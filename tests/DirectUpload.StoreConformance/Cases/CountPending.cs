using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class CountPending
{
    public static async Task Requested_uploaded_and_processing_count_only(CaseContext context)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await context.AddAsync(SampleRecords.CreateOwned($"{status}") with { Status = status, DeclaredSize = 7 });

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var pending = status is UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing ? 1 : 0;
            await context.AssertPendingAsync("photos", $"{status}", pending, pending * 7);
        }
    }

    public static async Task Writable_uploads_count_until_the_grant_expires(CaseContext context)
    {
        var expires = SampleRecords.Start.AddMinutes(15);
        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            await context.AddAsync(
                SampleRecords.CreateOwned($"{status}") with { Status = status, DeclaredSize = 7, GrantExpiresAt = expires });
            await context.AddAsync(SampleRecords.CreateOwned($"{status} in parts") with
            {
                Status = status,
                DeclaredSize = 7,
                GrantExpiresAt = expires,
                PartSize = 5,
                MultipartId = "id",
            });
            await context.AddAsync(SampleRecords.CreateOwned($"{status} and swept") with
            {
                Status = status,
                DeclaredSize = 7,
                GrantExpiresAt = expires,
                PurgeAt = expires.AddDays(1),
            });
        }

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var pending = status is UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing ? 1 : 0;
            var writable = status is UploadStatus.Rejected or UploadStatus.Aborted or UploadStatus.Expired or UploadStatus.Deleted
                ? 1
                : pending;
            await context.AssertPendingAsync("photos", $"{status}", writable, writable * 7, expires.AddTicks(-1));
            await context.AssertPendingAsync("photos", $"{status}", pending, pending * 7, expires);
            await context.AssertPendingAsync("photos", $"{status} in parts", pending, pending * 7, SampleRecords.Start);
            await context.AssertPendingAsync("photos", $"{status} and swept", pending, pending * 7, SampleRecords.Start);
        }
    }

    public static async Task Terminal_status_and_purge_time_change_the_count(CaseContext context)
    {
        var expires = SampleRecords.Start.AddMinutes(15);
        var added = await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 10, GrantExpiresAt = expires });
        var aborted = await context.UpdateAsync(added with { Status = UploadStatus.Aborted });
        await context.AssertPendingAsync("photos", "ada", 1, 10, SampleRecords.Start);
        var renewed = await context.UpdateAsync(aborted with { GrantExpiresAt = expires.AddMinutes(5) });
        await context.AssertPendingAsync("photos", "ada", 1, 10, expires);
        await context.UpdateAsync(renewed with { PurgeAt = expires.AddDays(1) });
        await context.AssertPendingAsync("photos", "ada", 0, 0, SampleRecords.Start);
        await context.Store.DeleteAsync(added.Id, context.CancellationToken);
        await context.AssertPendingAsync("photos", "ada", 0, 0, SampleRecords.Start);
    }

    public static async Task Owners_and_profiles_are_counted_separately(CaseContext context)
    {
        (string Profile, string? Owner)[] pairs =
        [
            ("photos", null), ("photos", ""), ("photos", "ada"), ("photos", "Ada"), ("photos", "ada "), ("Photos", "ada"),
            ("videos", "ada"),
            ("a", "b"), ("a#b", "c"), ("a", "b#c"), ("a|b", "c"), ("a", "b|c"), ("a:b", "c"), ("a", "b:c"), ("a/b", "c"), ("a", "b/c"),
            ("a%", "b"), ("a_", "b"), ("p", "null"), ("p", "é"), ("p", "e"), ("p", "e\u0301"), ("p", "𝄞"),
        ];
        for (var at = 0; at < pairs.Length; at++)
            await context.AddAsync(
                SampleRecords.CreateOwned(pairs[at].Owner) with { Profile = pairs[at].Profile, DeclaredSize = 1L << at });

        for (var at = 0; at < pairs.Length; at++)
            await context.AssertPendingAsync(pairs[at].Profile, pairs[at].Owner, 1, 1L << at);
        await context.AssertPendingAsync("p", null, 0, 0);
        await context.AssertPendingAsync("p", "", 0, 0);
        await context.AssertPendingAsync("videos", null, 0, 0);
    }

    public static async Task Sums_beyond_32_bits_are_exact(CaseContext context)
    {
        foreach (var size in new[] { 5_000_000_000_000L, 4_294_967_295L, 1L, 9_007_199_254_740_993L, 0L })
            await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = size });
        await context.AssertPendingAsync("photos", "ada", 5, 9_012_203_549_708_289L);
    }

    public static async Task Every_operation_updates_the_count(CaseContext context)
    {
        await context.AssertPendingAsync("photos", "ada", 0, 0);
        var one = await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 10, NextActionAt = SampleRecords.Start });
        var two = await context.AddAsync(SampleRecords.CreateOwned("ada") with { DeclaredSize = 200, PurgeAt = SampleRecords.Start });
        await context.AssertPendingAsync("photos", "ada", 2, 210);
        var leased = await context.LeaseSingleDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1));
        await context.AssertPendingAsync("photos", "ada", 2, 210);
        var failed = await context.UpdateAsync(leased with { Status = UploadStatus.Failed });
        await context.AssertPendingAsync("photos", "ada", 1, 200);
        ContractAssert.Null(await context.TryUpdateAsync(one with { Status = UploadStatus.Uploaded }), "an update of an old version");
        await context.AssertPendingAsync("photos", "ada", 1, 200);
        var again = await context.UpdateAsync(failed with { Status = UploadStatus.Uploaded });
        await context.AssertPendingAsync("photos", "ada", 2, 210);
        await context.Store.DeleteAsync(again.Id, context.CancellationToken);
        await context.Store.DeleteAsync(again.Id, context.CancellationToken);
        await context.AssertPendingAsync("photos", "ada", 1, 200);
        if (await context.Store.PurgeExpiredAsync(SampleRecords.Start, 10, context.CancellationToken) > 0)
            await context.AssertPendingAsync("photos", "ada", 0, 0);
        else
            await context.AssertPendingAsync("photos", two.Owner, 1, 200);
    }

    public static async Task Concurrent_updates_never_skew_the_count(CaseContext context)
    {
        await CaseContext.RunConcurrentlyAsync(4, async actor =>
        {
            for (var round = 0; round < 15; round++)
            {
                var record = await context.GetStore(actor).AddAsync(SampleRecords.CreateOwned("ada"), context.CancellationToken);
                await Task.WhenAll(
                    context.Store.TryUpdateAsync(record with { Status = UploadStatus.Aborted }, context.CancellationToken).AsTask(),
                    context.SecondStore.TryUpdateAsync(record with { Status = UploadStatus.Uploaded }, context.CancellationToken).AsTask(),
                    round % 2 == 0 ? context.Store.DeleteAsync(record.Id, context.CancellationToken).AsTask() : Task.CompletedTask);
            }
        });

        var pending = (await context.ListAllAsync()).Count(record => record.Status == UploadStatus.Uploaded);
        await context.AssertPendingAsync("photos", "ada", pending, pending * 100);
    }
}
