using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>
/// Two hosts, each with its worker, on one database and one bucket, while clients confirm with both and delete: each upload has one
/// outcome.
/// </summary>
public abstract class TwoProcessTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Uploads = 40;
    private const int Concurrency = 8;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Race_TwoHosts_EachUploadHasOneOutcome()
    {
        var first = Random.Shared.Next();
        var database = CreateDatabase();
        var bucket = await s3.CreateBucketAsync();
        await using var one = new HostProcess(database, s3.Access, bucket);
        await using var other = new HostProcess(database, s3.Access, bucket);
        await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
        using var clientOfOne = new RetryingClient(one);
        using var clientOfOther = new RetryingClient(other);
        await Task.WhenAll(one.EnsureAliveAsync(), other.EnsureAliveAsync()); // both find no table, and create it

        var told = new ConcurrentQueue<RacedUpload>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Uploads), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (number, _) =>
                told.Enqueue(await RaceAsync(clientOfOne, clientOfOther, new Random(first + number))));

        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromHours(3) })
        {
            await one.AdvanceClockAsync(later);
            await other.AdvanceClockAsync(later);
            (await ledger.WaitUntilIdleAsync(one, IdleTimeout)).Should().BeTrue($"nothing is stuck, of seed {first}");
        }

        await one.StopAsync();
        await other.StopAsync();
        var ends = (await ledger.GetRecordsAsync()).ToDictionary(record => record.Id, record => record.Status);
        told.Where(fate => !fate.Allows(ends[fate.Upload.Id])).Select(fate => $"{fate} is {ends[fate.Upload.Id]}")
            .Should().BeEmpty($"of seed {first}");
        (await ledger.FindViolationsAsync(told.Select(fate => fate.Upload))).Should().BeEmpty($"of seed {first}");
        await database.RemoveAsync();
    }

    internal abstract Database CreateDatabase();

    private static async Task<RacedUpload> RaceAsync(RetryingClient one, RetryingClient other, Random random)
    {
        var granted = await (random.Next(2) == 0 ? one : other)
            .RequestAsync(random.Next(2) == 0 ? "plain" : "shouted", $"text {random.Next()}");
        var (sent, deleted) = (random.Next(6) > 0, random.Next(3) == 0);
        if (sent)
            await one.SendAsync(granted);

        var (confirmLater, deleteLater, by) = (random.Next(30), random.Next(60), random.Next(2) == 0 ? one : other);
        var answers = await Task.WhenAll(sent ? one.ConfirmAsync(granted) : Task.FromResult(""), ConfirmLaterAsync(), DeleteLaterAsync());
        return new RacedUpload(granted, sent, deleted, string.Join(", ", answers));

        async Task<string> ConfirmLaterAsync()
        {
            await Task.Delay(confirmLater);
            return sent ? await other.ConfirmAsync(granted) : "";
        }

        async Task<string> DeleteLaterAsync()
        {
            if (!deleted)
                return "";
            await Task.Delay(deleteLater);
            await by.DeleteAsync(granted);
            return "deleted";
        }
    }

    private sealed record RacedUpload(GrantedUpload Upload, bool IsSent, bool IsDeleted, string Responses)
    {
        public bool Allows(UploadStatus end) => IsDeleted
            ? end is UploadStatus.Aborted or UploadStatus.Deleted
            : end == (IsSent ? UploadStatus.Ready : UploadStatus.Expired)
                && (!IsSent || !Responses.Contains('4', StringComparison.Ordinal));
    }
}

public sealed class SqliteTwoProcessTests(LocalS3Fixture s3) : TwoProcessTests(s3)
{
    internal override Database CreateDatabase() => Database.Sqlite();
}

public sealed class PostgresTwoProcessTests(LocalS3Fixture s3) : TwoProcessTests(s3)
{
    internal override Database CreateDatabase() => Database.Postgres();
}
