using System.Globalization;
using DirectUpload.Benchmarks.Reports;
using DirectUpload.Benchmarks.Requests;

namespace DirectUpload.Benchmarks.Calls;

/// <summary>What a request costs beside the signature in it.</summary>
internal static class RequestTable
{
    public const string Switch = "requests";

    private const int Rounds = 51;

    public static async Task RunAsync(string[] options)
    {
        var report = new Report(Switch, options);
        report.Add("| | anchor | DirectUpload | ratio of the times | allocated |");
        report.Add("|---|--:|--:|--:|--:|");
        await AddRequestsAsync(report, "`RequestAsync` among 1,000 records, beside one PUT signature", 1_024);
        await AddRequestsAsync(report, "`RequestAsync` among 16,000 records, beside one PUT signature", 16_384);
        await report.SaveAsync();
    }

    private static async Task AddRequestsAsync(Report report, string name, int count)
    {
        var request = new RequestAmongAThousand();
        await request.SetupAsync();
        var results = await CallComparison.MeasureAsync(
            Rounds,
            Call.Create("PUT signature", request.PutUrl),
            Call.Create("RequestAsync", request.RequestAsync) with { Count = count, PrepareRound = () => Forget(request) });
        request.Cleanup();
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {results[0].Microseconds:N2} µs | {results[1].Microseconds:N2} µs | {results[1].Ratio:N2} | " +
            $"{results[1].AllocatedBytes:N0} B |"));
    }

    // As BenchmarkDotNet does it before each iteration: the garbage of a round is no cost of the next.
    private static void Forget(RequestAmongAThousand request)
    {
        request.DeleteRecords();
        GC.Collect();
    }
}
