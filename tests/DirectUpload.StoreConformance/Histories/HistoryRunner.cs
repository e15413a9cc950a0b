using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.StoreConformance.Histories;

/// <summary>Generates histories, one after the other, until the time is over or a history cannot be explained.</summary>
internal static class HistoryRunner
{
    /// <summary>Set this variable to the seed of a failure to repeat its history until the time is over.</summary>
    /// <remarks>One repetition is not enough, because threads still interleave at random.</remarks>
    private const string SeedVariable = "DIRECTUPLOAD_STORE_SEED";

    private const string DurationVariable = "DIRECTUPLOAD_STORE_SECONDS";

    public static async Task RunAsync(CaseContext context)
    {
        var one = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given);
        var first = one ? given : Random.Shared.Next(1_000_000_000);
        var time = double.TryParse(Environment.GetEnvironmentVariable(DurationVariable), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : context.Options.HistoryDuration;
        var histories = 0;
        for (var since = Stopwatch.StartNew(); histories == 0 || since.Elapsed < time; histories++)
            await RunOneAsync(context, one ? first : first + histories);
        TestContext.Current.TestOutputHelper?.WriteLine($"{histories} histories, seeds from {first}");
    }

    private static async Task RunOneAsync(CaseContext context, int seed)
    {
        var random = new Random(seed);
        var history = new History(records: 1 + random.Next(3));
        try
        {
            // Create all generators first: an actor's calls must not depend on when another actor starts.
            var actors = Enumerable.Range(0, 1 + random.Next(4)).Select(number =>
                new Actor(
                    $"actor {number}", new Random(random.Next()), history, context.GetStore(number), context.Options,
                    context.CancellationToken)).ToArray();
            var turns = 2 + random.Next(8);
            await CaseContext.RunConcurrentlyAsync(actors.Length, number => actors[number].RunAsync(turns));
            var last = await ReadFinalRecordsAsync(context, history);
            history.AssertLinearizable();
            await FinalStateAssert.IsConsistentAsync(context, history, last);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Assert.Fail(
                $"The history of seed {seed} failed; {SeedVariable}={seed} repeats it. {failure.GetType().Name}: {failure.Message}");
        }
    }

    private static async Task<List<UploadRecord>> ReadFinalRecordsAsync(CaseContext context, History history)
    {
        var reader = new Actor("reader", Random.Shared, history, context.SecondStore, context.Options, context.CancellationToken);
        var last = new List<UploadRecord>();
        foreach (var initial in history.InitialRecords)
        {
            if (await reader.FindAsync(initial.Id) is { } record)
                last.Add(record);
        }

        return last;
    }
}
