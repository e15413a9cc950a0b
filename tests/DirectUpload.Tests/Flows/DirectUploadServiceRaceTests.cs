using System.Collections.Concurrent;
using System.Globalization;

namespace DirectUpload.Tests.Flows;

/// <summary>
/// Many generated races. What a failure names is a seed: DIRECTUPLOAD_RACE_SEED runs that one first, and as many after it as ever.
/// </summary>
public sealed class DirectUploadServiceRaceTests
{
    private const int RaceCount = 400;

    private static readonly int FirstSeed =
        Environment.GetEnvironmentVariable("DIRECTUPLOAD_RACE_SEED") is { Length: > 0 } seed
            ? int.Parse(seed, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1 << 30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ConcurrentCalls_AnyOrder_EndInOneConsistentState(bool processed)
    {
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(FirstSeed, RaceCount), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, _) =>
            {
                await using var race = new UploadRace(seed, processed);
                foreach (var fault in await race.RunAsync())
                    faults.Enqueue($"{seed}: {fault}");
            });

        faults.Take(20).Should().BeEmpty();
    }
}
