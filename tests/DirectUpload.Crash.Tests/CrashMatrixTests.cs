using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>
/// A host is killed at every fault point that it passes in the life of one upload of every kind, once before and once after each write and
/// each S3 call, and started again: the story must end as it does without a kill. The rehearsal finds the points; they are not chosen by
/// hand.
/// </summary>
public sealed class CrashMatrixTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Concurrency = 4;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Crash_AtEveryFaultPoint_ScenarioStillSucceeds(string kind)
    {
        var passed = await FindFaultPointsAsync(kind);
        var points = CrashTestScope.SelectPoints(passed);
        TestContext.Current.TestOutputHelper!.WriteLine($"{points.Count} of {passed.Count} fault points");
        passed.Should().HaveCountGreaterThan(50).And.Contain("store: update to Ready, before #1").And.Contain("s3: copy, after #1")
            .And.Contain("event handler: Ready, after #1");

        var outcomes = new ConcurrentDictionary<string, ScenarioResult>();
        await Parallel.ForEachAsync(
            points, new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (point, _) => outcomes[point] = await CrashAtAsync(kind, point));

        CrashReport.Write(kind, points.Select(point => outcomes[point]));
        outcomes.Values.SelectMany(outcome => outcome.Violations.Select(fault => $"{outcome.Point}: {fault}")).Should().BeEmpty();
        outcomes.Values.Count(outcome => outcome.Crashes == 0)
            .Should().BeLessThan((points.Count / 5) + 2, "nearly all points are passed every time");
    }

    private async Task<List<string>> FindFaultPointsAsync(string kind)
    {
        var log = Path.GetTempFileName();
        try
        {
            (await RunScenarioAsync(kind, host => host.FaultPointLog = log)).Violations.Should().BeEmpty("without a kill");
            return [.. (await File.ReadAllLinesAsync(log)).Distinct()];
        }
        finally
        {
            File.Delete(log);
        }
    }

    private Task<ScenarioResult> CrashAtAsync(string kind, string point) => RunScenarioAsync(kind, host => host.CrashAt = point, point);

    // One that ends with an exception is a result as well: the others go on.
    private static async Task<List<string>> RunAsync(UploadScenario story)
    {
        try
        {
            return await story.RunAsync();
        }
        catch (Exception fault)
        {
            return [$"{fault}"];
        }
    }

    private async Task<ScenarioResult> RunScenarioAsync(string kind, Action<HostProcess> prepare, string point = "")
    {
        var database = kind == "postgres" ? Database.Postgres() : Database.Sqlite();
        var bucket = await s3.CreateBucketAsync();
        var told = Path.GetTempFileName();
        try
        {
            await using var host =
                new HostProcess(database, s3.Access, bucket) { ClockOffsetAfterCrash = TimeSpan.FromSeconds(15), NotificationLog = told };
            prepare(host);
            using var client = new RetryingClient(host);
            await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
            var story = new UploadScenario(host, client, ledger);
            var result = new ScenarioResult(point, await RunAsync(story), host.Crashes);
            CrashReport.WriteProgress(kind, result);
            return result;
        }
        finally
        {
            await database.RemoveAsync();
            File.Delete(told);
        }
    }
}

/// <summary>How a story ended whose host died at a point.</summary>
internal sealed record ScenarioResult(string Point, IReadOnlyList<string> Violations, int Crashes);
