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

    public static async Task What_can_still_be_written_counts_until_its_grant_expires(Bench bench)
    {
        var expires = Sample.Start.AddMinutes(15);
        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            await bench.AddAsync(Sample.Owned($"{status}") with { Status = status, ClaimedSize = 7, GrantExpiresAt = expires });
            await bench.AddAsync(Sample.Owned($"{status} in parts") with { Status = status, ClaimedSize = 7, GrantExpiresAt = expires, Parts = new(5, "id") });
            await bench.AddAsync(Sample.Owned($"{status} and swept") with { Status = status, ClaimedSize = 7, GrantExpiresAt = expires, RetireAt = expires.AddDays(1) });
        }

        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            var pending = status is UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing ? 1 : 0;
            var writable = status is UploadStatus.Rejected or UploadStatus.Aborted or UploadStatus.Expired or UploadStatus.Deleted ? 1 : pending;
            await bench.CountsAsync("photos", $"{status}", writable, writable * 7, expires.AddTicks(-1));
            await bench.CountsAsync("photos", $"{status}", pending, pending * 7, expires);
            await bench.CountsAsync("photos", $"{status} in parts", pending, pending * 7, Sample.Start);
            await bench.CountsAsync("photos", $"{status} and swept", pending, pending * 7, Sample.Start);
        }
    }

    public static async Task Ending_and_retiring_move_what_counts(Bench bench)
    {
        var expires = Sample.Start.AddMinutes(15);
        var added = await bench.AddAsync(Sample.Owned("ada") with { ClaimedSize = 10, GrantExpiresAt = expires });
        var aborted = await bench.ChangeAsync(added with { Status = UploadStatus.Aborted });
        await bench.CountsAsync("photos", "ada", 1, 10, Sample.Start);
        var renewed = await bench.ChangeAsync(aborted with { GrantExpiresAt = expires.AddMinutes(5) });
        await bench.CountsAsync("photos", "ada", 1, 10, expires);
        await bench.ChangeAsync(renewed with { RetireAt = expires.AddDays(1) });
        await bench.CountsAsync("photos", "ada", 0, 0, Sample.Start);
        await bench.Store.DeleteAsync(added.Id, bench.Cancellation);
        await bench.CountsAsync("photos", "ada", 0, 0, Sample.Start);
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
