using System.Diagnostics;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.Calls;

/// <summary>Times calls in turns, so that what else the machine does meets all of them.</summary>
internal static class CallComparison
{
    private const double RoundMilliseconds = 20;

    // The compiler replaces code that ran often, in the background and while we wait for it.
    private static readonly TimeSpan WarmupTime = TimeSpan.FromSeconds(1.5);

    /// <param name="rounds">The number of rounds.</param>
    /// <param name="anchor">The call to which the others are compared.</param>
    /// <param name="others">The others.</param>
    /// <returns>The results of the anchor and of the others.</returns>
    public static async Task<CallResult[]> MeasureAsync(int rounds, Call anchor, params Call[] others)
    {
        Call[] calls = [anchor, .. others];
        var counts = new int[calls.Length];
        for (var at = 0; at < calls.Length; at++)
            counts[at] = await WarmUpAsync(calls[at]);

        var times = Array.ConvertAll(calls, _ => new List<double>(rounds));
        var allocated = new double[calls.Length];
        for (var round = 0; round < rounds; round++)
        {
            for (var place = 0; place < calls.Length; place++)
            {
                // No call always comes after the same other.
                var at = (place + round) % calls.Length;
                calls[at].PrepareRound();
                var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                await calls[at].RunAsync(counts[at]);
                times[at].Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / counts[at]);
                allocated[at] = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / counts[at];
            }
        }

        return [.. calls.Select((_, at) => new CallResult(times[at].Median(), times[at].MedianRatio(times[0]), allocated[at]))];
    }

    /// <returns>How many calls a round has.</returns>
    private static async Task<int> WarmUpAsync(Call call)
    {
        var count = call.Count ?? 1;
        for (var warmup = Stopwatch.StartNew(); warmup.Elapsed < WarmupTime;)
        {
            call.PrepareRound();
            var started = Stopwatch.GetTimestamp();
            await call.RunAsync(count);
            var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (call.Count is null && milliseconds < RoundMilliseconds / 2)
                count *= 2;
        }

        return count;
    }
}
