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

    public static async Task RunAsync(string[] options)
    {
        if (!GCSettings.IsServerGC)
        {
            using var again = Process.Start(ChildProcess.WithServerGarbageCollector(new(Environment.ProcessPath!, [Switch, .. options])))!;
            await again.WaitForExitAsync();
            Environment.ExitCode = again.ExitCode;
            return;
        }

        var endpoint = new RequestEndpoint();
        await endpoint.SetupAsync();
        var results = await CallComparison.MeasureAsync(
            Rounds, CreateCall(endpoint, endpoint.Empty), CreateCall(endpoint, endpoint.Upload));
        await endpoint.CleanupAsync();
        var report = new Report(Switch, options);
        report.Add("| | empty endpoint | `POST /uploads` | throughput relative to the empty endpoint |");
        report.Add("|---|--:|--:|--:|");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| time per request | {GetMicroseconds(results[0]):N1} µs | {GetMicroseconds(results[1]):N1} µs | " +
            $"{1 / results[1].Ratio:N2} |"));
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
