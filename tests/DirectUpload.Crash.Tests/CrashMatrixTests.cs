using System.Collections.Concurrent;

namespace DirectUpload.Crash.Tests;

/// <summary>
/// A host is killed at every fault point that it passes in the life of one upload of every kind, once before and once after each write and each S3 call, and started again: the
/// story must end as it does without a kill. The rehearsal finds the points; they are not chosen by hand.
/// </summary>
public sealed class CrashMatrixTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int AtOnce = 4;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whatever_the_point_that_it_dies_at_the_story_ends_well(string kind)
    {
        var passed = await RehearseAsync(kind);
        var points = Effort.Sample(passed);
        TestContext.Current.TestOutputHelper!.WriteLine($"{points.Count} of {passed.Count} fault points");
        passed.Should().HaveCountGreaterThan(50).And.Contain("store: update to Ready, before #1").And.Contain("s3: copy, after #1").And.Contain("observer: Ready, after #1");

        var outcomes = new ConcurrentDictionary<string, Outcome>();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) => outcomes[point] = await DieAtAsync(kind, point));

        CrashTable.Write(kind, points.Select(point => outcomes[point]));
        outcomes.Values.SelectMany(outcome => outcome.Faults.Select(fault => $"{outcome.Point}: {fault}")).Should().BeEmpty();
        outcomes.Values.Count(outcome => outcome.Deaths == 0).Should().BeLessThan((points.Count / 5) + 2, "nearly all points are passed every time");
    }

    private async Task<List<string>> RehearseAsync(string kind)
    {
        var log = Path.GetTempFileName();
        try
        {
            (await TellAsync(kind, host => host.Log = log)).Faults.Should().BeEmpty("without a kill");
            return [.. (await File.ReadAllLinesAsync(log)).Distinct()];
        }
        finally
        {
            File.Delete(log);
        }
    }

    private Task<Outcome> DieAtAsync(string kind, string point) => TellAsync(kind, host => host.DieAt = point, point);

    private async Task<Outcome> TellAsync(string kind, Action<HostProcess> prepare, string point = "")
    {
        var database = kind == "postgres" ? Database.Postgres() : Database.Sqlite();
        var bucket = await s3.CreateBucketAsync();
        var told = Path.GetTempFileName();
        try
        {
            await using var host = new HostProcess(database, s3.Access, bucket) { AheadAfterDeath = TimeSpan.FromSeconds(15), Told = told };
            prepare(host);
            using var client = new Client(host);
            await using var ledger = new Ledger(database, s3.S3, bucket);
            var story = new Story(host, client, ledger);
            return new Outcome(point, await story.TellAsync(), host.Deaths);
        }
        finally
        {
            await database.RemoveAsync();
            File.Delete(told);
        }
    }
}

/// <summary>How a story ended whose host died at a point.</summary>
internal sealed record Outcome(string Point, IReadOnlyList<string> Faults, int Deaths);
