using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>
/// A host is killed while its members are created, changed, rolled back and deleted: no member loses a file, and no file stays without one.
/// </summary>
public sealed class MemberCrashTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Clients = 4;
    private const int Concurrency = 4;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(3);

    private readonly int _seed = Random.Shared.Next();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Kill_AtRandomWhileMembersChange_LosesAndLeavesNoFile(string kind)
    {
        await RunAsync(kind, string.Empty, _ => { }, async (host, loads) =>
        {
            using var enough = new CancellationTokenSource();
            var running = loads.Select(load => Task.Run(async () =>
            {
                while (!enough.IsCancellationRequested)
                    await load.StepAsync();
            })).ToList();
            var random = new Random(_seed);
            while (host.Crashes < CrashTestScope.RandomKills && !running.Exists(task => task.IsFaulted))
            {
                await host.EnsureAliveAsync();
                for (var until = host.Responses + random.Next(24); host.Responses < until && host.IsAlive;)
                    await Task.Delay(1);
                await Task.Delay(random.Next(100));
                host.Kill();
            }

            await enough.CancelAsync();
            await Task.WhenAll(running);
        }, (outcome, uploads) =>
        {
            CrashReport.Write($"members, {kind}", outcome.Crashes, uploads, outcome.Violations);
            outcome.Violations.Should().BeEmpty($"of seed {_seed}");
            uploads.Should().BeGreaterThan(CrashTestScope.RandomKills, "there was load");
        });
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Kill_AtEveryFaultPointOfASave_LosesAndLeavesNoFile(string kind)
    {
        var log = Path.GetTempFileName();
        await RunScenarioAsync(kind, "without a kill", host => host.FaultPointLog = log);
        List<string> passed = [.. (await File.ReadAllLinesAsync(log)).Distinct()];
        File.Delete(log);
        var points = CrashTestScope.SelectPoints(passed);
        passed.Should().HaveCountGreaterThan(50).And.Contain("save: commit, before #1").And.Contain("save: commit, after #1")
            .And.Contain("save: UPDATE, after #1");

        var outcomes = new ConcurrentDictionary<string, ScenarioResult>();
        await Parallel.ForEachAsync(
            points, new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (point, _) => outcomes[point] = await RunScenarioAsync(kind, point, host => host.CrashAt = point));

        CrashReport.Write($"members, {kind}", points.Select(point => outcomes[point]));
        outcomes.Values.SelectMany(outcome => outcome.Violations.Select(fault => $"{outcome.Point}: {fault}")).Should().BeEmpty();
        outcomes.Values.Count(outcome => outcome.Crashes == 0).Should().BeLessThan((points.Count / 5) + 2, "nearly all points are passed");
    }

    private async Task<ScenarioResult> RunScenarioAsync(string kind, string point, Action<HostProcess> prepare)
    {
        ScenarioResult? result = null;
        await RunAsync(kind, point, prepare, async (_, loads) =>
        {
            var load = loads[0];
            var first = await load.UploadAsync();
            await load.SaveAsync("ada", new(first, []), "save");
            await load.SaveAsync("bob", new(await load.UploadAsync(), [await load.UploadAsync(), await load.UploadAsync()]), "commit");
            var second = await load.UploadAsync();
            await load.SaveAsync("ada", new(second, []), "save"); // replaces the first
            await load.SaveAsync("ada", new(await load.UploadAsync(), []), "roll back");
            await load.SaveAsync(
                "bob", load.Members["bob"] with { Photos = [load.Members["bob"].Photos[1], await load.UploadAsync()] }, "save");
            await load.SaveAsync("eve", new(await load.UploadAsync(), [await load.UploadAsync()]), "save");
            await load.SaveAsync("eve", MemberUploads.None, "commit");
            await load.SaveAsync("dan", new(await load.UploadAsync(), [await load.UploadAsync()]), "save");
            await load.DeleteAsync("dan");
            await load.UploadAsync(); // and never attached
        }, (outcome, _) => result = outcome);
        return result!;
    }

    private async Task RunAsync(
        string kind, string point, Action<HostProcess> prepare, Func<HostProcess, IReadOnlyList<MemberLoad>, Task> act,
        Action<ScenarioResult, int> judge)
    {
        var database = kind == "postgres" ? Database.Postgres() : Database.Sqlite();
        var bucket = await s3.CreateBucketAsync();
        try
        {
            await using var host = new HostProcess(database, s3.Access, bucket)
            {
                HasMembers = true,
                ClockOffsetAfterCrash = point.Length > 0 ? TimeSpan.FromSeconds(15) : default,
            };
            prepare(host);
            using var client = new RetryingClient(host);
            await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
            var loads = Enumerable.Range(0, Clients).Select(at => new MemberLoad(client, $"client{at}", new Random(_seed + at))).ToList();
            await act(host, loads);

            var faults = new List<string>();
            foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromHours(30) })
            {
                await host.AdvanceClockAsync(host.ClockOffset > later ? host.ClockOffset : later);
                if (!await ledger.WaitUntilIdleAsync(host, IdleTimeout))
                    faults.Add($"stuck, {later} later");
            }

            await host.StopAsync();
            faults.AddRange(await new MemberChecker(database, s3.S3, bucket).FindViolationsAsync(
                loads.SelectMany(load => load.Members).ToDictionary(), loads.SelectMany(load => load.Texts).ToDictionary()));
            judge(new ScenarioResult(point, faults, host.Crashes), loads.Sum(load => load.Uploads));
        }
        finally
        {
            await database.RemoveAsync();
        }
    }
}
