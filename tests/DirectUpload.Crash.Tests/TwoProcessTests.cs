using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>Two hosts, each with its worker, on one database and one bucket, while clients confirm with both and delete: each upload has one outcome.</summary>
public abstract class TwoProcessTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Uploads = 40;
    private const int AtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_processes_give_each_upload_one_outcome()
    {
        var first = Random.Shared.Next();
        var database = Create();
        var bucket = await s3.CreateBucketAsync();
        await using var one = new HostProcess(database, s3.Access, bucket);
        await using var other = new HostProcess(database, s3.Access, bucket);
        await using var ledger = new Ledger(database, s3.S3, bucket);
        using var clientOfOne = new Client(one);
        using var clientOfOther = new Client(other);
        await Task.WhenAll(one.EnsureAliveAsync(), other.EnsureAliveAsync()); // both find no table, and create it

        var told = new ConcurrentQueue<Fate>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Uploads), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            told.Enqueue(await RaceAsync(clientOfOne, clientOfOther, new Random(first + number))));

        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromHours(3) })
        {
            await one.PassTimeAsync(later);
            await other.PassTimeAsync(later);
            (await ledger.QuietAsync(one, Patience)).Should().BeTrue($"nothing is stuck, of seed {first}");
        }

        await one.StopAsync();
        await other.StopAsync();
        var ends = (await ledger.RecordsAsync()).ToDictionary(record => record.Id, record => record.Status);
        told.Where(fate => !fate.Allows(ends[fate.Upload.Id])).Select(fate => $"{fate} is {ends[fate.Upload.Id]}").Should().BeEmpty($"of seed {first}");
        (await ledger.FaultsAsync(told.Select(fate => fate.Upload))).Should().BeEmpty($"of seed {first}");
        await database.RemoveAsync();
    }

    internal abstract Database Create();

    private static async Task<Fate> RaceAsync(Client one, Client other, Random random)
    {
        var granted = await (random.Next(2) == 0 ? one : other).RequestAsync(random.Next(2) == 0 ? "plain" : "shouted", $"text {random.Next()}");
        var (sent, deleted) = (random.Next(6) > 0, random.Next(3) == 0);
        if (sent)
            await one.SendAsync(granted);

        var (confirmLater, deleteLater, by) = (random.Next(30), random.Next(60), random.Next(2) == 0 ? one : other);
        var answers = await Task.WhenAll(sent ? one.ConfirmAsync(granted) : Task.FromResult(""), ConfirmLaterAsync(), DeleteLaterAsync());
        return new Fate(granted, sent, deleted, string.Join(", ", answers));

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

    private sealed record Fate(Granted Upload, bool IsSent, bool IsDeleted, string Answers)
    {
        public bool Allows(UploadStatus end) => IsDeleted
            ? end is UploadStatus.Aborted or UploadStatus.Deleted
            : end == (IsSent ? UploadStatus.Ready : UploadStatus.Expired) && (!IsSent || !Answers.Contains('4', StringComparison.Ordinal));
    }
}

public sealed class SqliteTwoProcessTests(LocalS3Fixture s3) : TwoProcessTests(s3)
{
    internal override Database Create() => Database.Sqlite();
}

public sealed class PostgresTwoProcessTests(LocalS3Fixture s3) : TwoProcessTests(s3)
{
    internal override Database Create() => Database.Postgres();
}
