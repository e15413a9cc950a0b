using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// What each verb of a store costs among a thousand records and among a million. All sizes are open at once and are called by turns, so
/// that a busy moment of the machine meets them alike.
/// </summary>
internal static class StoreGrowth
{
    public const string Switch = "store-growth";

    /// <summary>How many calls of each verb a median is taken of.</summary>
    public const int Calls = 1000;

    private const int WarmupCalls = 150;

    /// <param name="options">
    /// <c>--sizes 1000,100000,1000000</c>: how many records; <c>--write FILE</c>: where the Markdown goes, besides the console.
    /// </param>
    /// <returns>1 when a verb looks at every record or its cost grows beyond what <see cref="GrowthReport.MaxRatio"/> allows.</returns>
    public static async Task<int> RunAsync(string[] options)
    {
        var sizes = (GetOption(options, "--sizes") ?? "1000,100000,1000000").Split(',')
            .Select(size => int.Parse(size, CultureInfo.InvariantCulture)).Order().ToArray();
        var populations = sizes.Select(size => new Population(size)).ToArray();
        var results = new List<GrowthResult>();
        foreach (var subject in GetSubjects())
            results.Add(await MeasureAsync(subject, [.. populations.Where(population => population.Size <= subject.MaxSize)]));

        var report = new GrowthReport(results);
        Console.WriteLine(report.Markdown);
        if (GetOption(options, "--write") is { } file)
            await File.WriteAllTextAsync(file, report.Markdown);
        return report.IsWithinLimits ? 0 : 1;
    }

    // A further store is one line more.
    private static IEnumerable<GrowthSubject> GetSubjects()
    {
        yield return SqliteSubject.Subject;
        if (PostgresSubject.FindSubject() is { } postgres)
            yield return postgres;
        else
            Console.Error.WriteLine(
                $"PostgreSQL is left out: {PostgresSubject.ConnectionStringVariable} does not say where there is one " +
                "(tests/engines/postgres-up.sh starts one).");
        if (DynaliteSubject.FindSubject() is { } dynalite)
            yield return dynalite;
        else
            Console.Error.WriteLine(
                $"Dynalite is left out: {DynaliteSubject.EndpointsVariable} does not say where there is one (tests/engines/up " +
                "starts one).");
    }

    private static async Task<GrowthResult> MeasureAsync(GrowthSubject subject, Population[] populations)
    {
        var databases = new List<GrowthDatabase>();
        try
        {
            foreach (var population in populations)
            {
                var started = Stopwatch.GetTimestamp();
                databases.Add(await subject.CreateAsync());
                await databases[^1].FillAsync(population.Records);
                Console.Error.WriteLine(
                    $"{subject.Name}: {population.Size:N0} records in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
            }

            var operations = StoreOperations.All.Where(verb => subject.HasStatusIndex || !verb.NeedsStatusIndex).ToArray();
            var verbs = databases.Zip(populations, (database, population) => new StoreOperations(database.Store, population)).ToArray();
            var times = await MeasureAsync(operations, verbs);
            var results = new List<OperationResult>();
            foreach (var verb in operations)
                results.Add(new(verb.Name, [.. times[verb].Select(Median)], await ExplainAsync(verb, verbs[^1], databases[^1])));

            return new(subject.Name, [.. populations.Select(population => population.Size)], results);
        }
        finally
        {
            foreach (var database in databases)
                await database.RemoveAsync();
        }
    }

    // Verb by verb in each turn, not turn by turn for each verb: a find would be over within a second, and that second may have been a busy
    // one.
    private static async Task<Dictionary<StoreOperations.StoreOperation, List<TimeSpan>[]>> MeasureAsync(
        StoreOperations.StoreOperation[] operations, StoreOperations[] sizes)
    {
        var times = operations.ToDictionary(verb => verb, _ => sizes.Select(_ => new List<TimeSpan>(Calls)).ToArray());
        for (var turn = 0; turn < WarmupCalls + Calls; turn++)
        {
            foreach (var verb in operations)
            {
                for (var place = 0; place < sizes.Length; place++)
                {
                    // Nobody comes always after the same other.
                    var size = (place + turn) % sizes.Length;
                    var time = await TimeAsync(verb, sizes[size]);
                    if (turn >= WarmupCalls)
                        times[verb][size].Add(time);
                }
            }
        }

        return times;
    }

    private static async Task<TimeSpan> TimeAsync(StoreOperations.StoreOperation verb, StoreOperations verbs)
    {
        var call = await verb.PrepareAsync(verbs);
        var started = Stopwatch.GetTimestamp();
        var answered = await call();
        var time = Stopwatch.GetElapsedTime(started);
        return answered == verb.ExpectedRecords
            ? time
            : throw new InvalidOperationException($"\"{verb.Name}\" had {answered} records, not {verb.ExpectedRecords}.");
    }

    private static async Task<GrowthPlan?> ExplainAsync(StoreOperations.StoreOperation verb, StoreOperations verbs, GrowthDatabase database)
    {
        var call = await verb.PrepareAsync(verbs);
        return verb.HasPlan ? await database.PlanAsync(call) : null;
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static string? GetOption(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;
}
