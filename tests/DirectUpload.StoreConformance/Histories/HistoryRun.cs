using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Generates histories, one after the other, until the time is up or one can't be explained.</summary>
internal static class HistoryRun
{
    /// <summary>Set it to the seed that a failure has named: every history is then that one, until the time is up, for threads still meet as they like.</summary>
    private const string Seed = "DIRECTUPLOAD_STORE_SEED";

    private const string Seconds = "DIRECTUPLOAD_STORE_SECONDS";

    public static async Task RunAsync(Bench bench)
    {
        var one = int.TryParse(Environment.GetEnvironmentVariable(Seed), CultureInfo.InvariantCulture, out var given);
        var first = one ? given : Random.Shared.Next(1_000_000_000);
        var time = double.TryParse(Environment.GetEnvironmentVariable(Seconds), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : bench.Traits.HistoriesTime;
        var histories = 0;
        for (var since = Stopwatch.StartNew(); histories == 0 || since.Elapsed < time; histories++)
            await TryAsync(bench, one ? first : first + histories);
        TestContext.Current.TestOutputHelper?.WriteLine($"{histories} histories, seeds from {first}");
    }

    private static async Task TryAsync(Bench bench, int seed)
    {
        var random = new Random(seed);
        var history = new History(records: 1 + random.Next(3));
        try
        {
            // All generators first: what an actor does must not depend on when another began.
            var actors = Enumerable.Range(0, 1 + random.Next(4)).Select(number =>
                new Actor($"actor {number}", new Random(random.Next()), history, bench.Of(number), bench.Traits, bench.Cancellation)).ToArray();
            var turns = 2 + random.Next(8);
            await Bench.AtOnceAsync(actors.Length, number => actors[number].ActAsync(turns));
            var last = await LastAsync(bench, history);
            history.MustBeExplained();
            await Ending.MustAgreeAsync(bench, history, last);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Assert.Fail($"The history of seed {seed} fails ({Seed}={seed} tries it again). {failure.GetType().Name}: {failure.Message}");
        }
    }

    private static async Task<List<UploadRecord>> LastAsync(Bench bench, History history)
    {
        var reader = new Actor("reader", Random.Shared, history, bench.Other, bench.Traits, bench.Cancellation);
        var last = new List<UploadRecord>();
        foreach (var blank in history.Blank)
        {
            if (await reader.FindAsync(blank.Id) is { } record)
                last.Add(record);
        }

        return last;
    }
}
