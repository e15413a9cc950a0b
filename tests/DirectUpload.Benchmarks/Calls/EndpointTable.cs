using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;
using DirectUpload.Benchmarks.Requests;

namespace DirectUpload.Benchmarks.Calls;

/// <summary>What <c>POST /uploads</c> costs beside an endpoint that only reads and writes the same JSON.</summary>
internal static class EndpointTable
{
    public const string Switch = "request-endpoint";

    private const int Rounds = 21;

    // The server assigns connections to its threads when they are opened, which makes some servers faster than others.
    private const int Servers = 5;

    public static async Task RunAsync(string[] options)
    {
        if (!GCSettings.IsServerGC)
        {
            using var again = Process.Start(ChildProcess.WithServerGarbageCollector(new(Environment.ProcessPath!, [Switch, .. options])))!;
            await again.WaitForExitAsync();
            Environment.ExitCode = again.ExitCode;
            return;
        }

        var (empty, upload, ratios) = (new List<double>(Servers), new List<double>(Servers), new List<double>(Servers));
        for (var server = 0; server < Servers; server++)
        {
            var endpoint = new RequestEndpoint();
            await endpoint.SetupAsync();
            var results = await CallComparison.MeasureAsync(
                Rounds, CreateCall(endpoint, endpoint.Empty), CreateCall(endpoint, endpoint.Upload));
            await endpoint.CleanupAsync();
            empty.Add(GetMicroseconds(results[0]));
            upload.Add(GetMicroseconds(results[1]));
            ratios.Add(1 / results[1].Ratio);
        }

        var report = new Report(Switch, options);
        report.Add("| | empty endpoint | `POST /uploads` | throughput relative to the empty endpoint | of each server |");
        report.Add("|---|--:|--:|--:|--:|");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| time per request | {empty.Median():N1} µs | {upload.Median():N1} µs | {ratios.Median():N2} | " +
            $"{ratios.Min():N2} to {ratios.Max():N2} |"));
        await report.SaveAsync();
    }

    private static Call CreateCall(RequestEndpoint endpoint, Action send) =>
        new(send.Method.Name, count =>
        {
            for (; count > 0; count--)
                send();
            return Task.CompletedTask;
        })
        {
            Count = 1,
            PrepareRound = endpoint.DeleteRecords,
        };

    private static double GetMicroseconds(CallResult result) => result.Microseconds / RequestEndpoint.Requests;
}
