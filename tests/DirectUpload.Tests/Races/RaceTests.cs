using System.Collections.Concurrent;
using System.Globalization;

namespace DirectUpload.Tests.Races;

/// <summary>Many generated races. What a failure names is a seed: DIRECTUPLOAD_RACE_SEED runs that one first, and as many after it as ever.</summary>
public sealed class RaceTests
{
    private const int Races = 400;

    private static readonly int First =
        Environment.GetEnvironmentVariable("DIRECTUPLOAD_RACE_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next(1 << 30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_comes_first_there_is_one_outcome(bool processed)
    {
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Enumerable.Range(First, Races), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, _) =>
        {
            await using var race = new Race(seed, processed);
            foreach (var fault in await race.RunAsync())
                faults.Enqueue($"{seed}: {fault}");
        });

        faults.Take(20).Should().BeEmpty();
    }
}
