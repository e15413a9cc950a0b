using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>
/// Uploads wait for decisions that come once, twice, contradicting, too early, too late, forged or never, while the host is killed.
/// </summary>
public sealed class DecisionKillTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Reviewers = 24;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(3);
    // Longer than a decision waits for its attempt, so that each one is answered now and then.
    private static readonly TimeSpan MaxUptime = TimeSpan.FromSeconds(8);

    private readonly int _seed = Random.Shared.Next();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Kill_WhileUploadsWait_ServesNothingUnacceptedAndLeavesNothingWaiting(string kind)
    {
        var database = kind == "sqlite" ? Database.Sqlite() : Database.Postgres();
        var bucket = await s3.CreateBucketAsync();
        await using var host = new HostProcess(database, s3.Access, bucket);
        await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
        var (faults, uploads) = (new List<string>(), new ConcurrentBag<ReviewedUpload>());
        using var done = new CancellationTokenSource();
        var killing = KillAsync(host, done.Token);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, CrashTestScope.ReviewedUploads), new ParallelOptions { MaxDegreeOfParallelism = Reviewers },
            async (number, _) =>
            {
                using var client = new RetryingClient(host);
                var granted = await client.RequestAsync("reviewed", $"keep {number} of {_seed}");
                var upload = new ReviewedUpload(client, granted, Enum.GetValues<Fate>()[number % Enum.GetValues<Fate>().Length]);
                uploads.Add(upload);
                await upload.ReviewAsync(faults);
            });
        await done.CancelAsync();
        await killing;
        await host.AdvanceClockAsync(TimeSpan.FromHours(3));
        if (!await ledger.WaitUntilIdleAsync(host, IdleTimeout))
            faults.Add("stuck: uploads wait beyond their deadline");

        await host.StopAsync();
        var records = (await ledger.GetRecordsAsync()).ToDictionary(record => record.Id);
        foreach (var upload in uploads)
            upload.Check(records.GetValueOrDefault(upload.Granted.Id), faults);
        faults.AddRange(await ledger.FindViolationsAsync(uploads.Select(upload => upload.Granted)));
        CrashReport.WriteDecisions(database.Kind, host.Crashes, uploads, faults.Count);
        faults.Should().BeEmpty($"of seed {_seed}");
        host.Crashes.Should().BeGreaterThan(2);
        uploads.Should().Contain(upload => upload.End == "ready").And.Contain(upload => upload.End == "refused")
            .And.Contain(upload => upload.End == UploadErrorCodes.DecisionMissing);
        await database.RemoveAsync();
    }

    private async Task KillAsync(HostProcess host, CancellationToken done)
    {
        var random = new Random(_seed);
        while (!done.IsCancellationRequested)
        {
            await host.EnsureAliveAsync();
            await Task.Delay(MaxUptime * random.NextDouble(), done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            host.Kill();
        }
    }
}
