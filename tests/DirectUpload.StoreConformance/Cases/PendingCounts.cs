using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class PendingCounts
{
    public static async Task Requested_uploaded_and_processing_count_and_nothing_else(Bench bench)
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
            await bench.AddAsync(Sample.Owned($"{status}") with { Status = status, ClaimedSize = 7 });

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var pending = status is UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing ? 1 : 0;
            await bench.CountsAsync("photos", $"{status}", pending, pending * 7);
        }
    }

    public static async Task Each_owner_and_each_profile_is_counted_by_itself(Bench bench)
    {
        (string Profile, string? Owner)[] pairs =
        [
            ("photos", null), ("photos", ""), ("photos", "ada"), ("photos", "Ada"), ("photos", "ada "), ("Photos", "ada"), ("videos", "ada"),
            ("a", "b"), ("a#b", "c"), ("a", "b#c"), ("a|b", "c"), ("a", "b|c"), ("a:b", "c"), ("a", "b:c"), ("a/b", "c"), ("a", "b/c"),
            ("a%", "b"), ("a_", "b"), ("p", "null"), ("p", "é"), ("p", "e"), ("p", "e\u0301"), ("p", "𝄞"),
        ];
        for (var at = 0; at < pairs.Length; at++)
            await bench.AddAsync(Sample.Owned(pairs[at].Owner) with { Profile = pairs[at].Profile, ClaimedSize = 1L << at });

        for (var at = 0; at < pairs.Length; at++)
            await bench.CountsAsync(pairs[at].Profile, pairs[at].Owner, 1, 1L << at);
        await bench.CountsAsync("p", null, 0, 0);
        await bench.CountsAsync("p", "", 0, 0);
        await bench.CountsAsync("videos", null, 0, 0);
    }

    public static async Task Bytes_add_up_beyond_32_bits_and_to_the_byte(Bench bench)
    {
        foreach (var size in new[] { 5_000_000_000_000L, 4_294_967_295L, 1L, 9_007_199_254_740_993L, 0L })
            await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = size });
        await bench.CountsAsync("photos", "ada", 5, 9_012_203_549_708_289L);
    }

    public static async Task They_follow_every_verb(Bench bench)
    {
        await bench.CountsAsync("photos", "ada", 0, 0);
        var one = await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = 10, DueAt = Sample.Start });
        var two = await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = 200, RetireAt = Sample.Start });
        await bench.CountsAsync("photos", "ada", 2, 210);
        var claimed = await bench.ClaimOneAsync(Sample.Start, Sample.Start.AddHours(1));
        await bench.CountsAsync("photos", "ada", 2, 210);
        var settled = await bench.ChangeAsync(claimed with { Status = UploadStatus.Failed });
        await bench.CountsAsync("photos", "ada", 1, 200);
        Check.Missing(await bench.UpdateAsync(one with { Status = UploadStatus.Uploaded }), "an update of an old version");
        await bench.CountsAsync("photos", "ada", 1, 200);
        var again = await bench.ChangeAsync(settled with { Status = UploadStatus.Uploaded });
        await bench.CountsAsync("photos", "ada", 2, 210);
        await bench.Store.DeleteAsync(again.Id, bench.Cancellation);
        await bench.Store.DeleteAsync(again.Id, bench.Cancellation);
        await bench.CountsAsync("photos", "ada", 1, 200);
        if (await bench.Store.RetireAsync(Sample.Start, 10, bench.Cancellation) > 0)
            await bench.CountsAsync("photos", "ada", 0, 0);
        else
            await bench.CountsAsync("photos", two.Owner, 1, 200);
    }

    public static async Task They_never_drift_under_a_race(Bench bench)
    {
        await Bench.AtOnceAsync(4, async actor =>
        {
            for (var round = 0; round < 15; round++)
            {
                var record = await bench.Of(actor).AddAsync(Sample.Owned("ada"), bench.Cancellation);
                await Task.WhenAll(
                    bench.Store.TryUpdateAsync(record with { Status = UploadStatus.Aborted }, bench.Cancellation).AsTask(),
                    bench.Other.TryUpdateAsync(record with { Status = UploadStatus.Uploaded }, bench.Cancellation).AsTask(),
                    round % 2 == 0 ? bench.Store.DeleteAsync(record.Id, bench.Cancellation).AsTask() : Task.CompletedTask);
            }
        });

        var pending = (await bench.ListAllAsync()).Count(record => record.Status == UploadStatus.Uploaded);
        await bench.CountsAsync("photos", "ada", pending, pending * 100);
    }
}
