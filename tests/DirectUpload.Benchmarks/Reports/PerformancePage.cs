using System.Diagnostics;
using DirectUpload.Benchmarks.Calls;
using DirectUpload.Benchmarks.Grants;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.ScaleOut;

namespace DirectUpload.Benchmarks.Reports;

/// <summary>Makes all tables of docs/evidence/performance.md, each in a process of its own, so that none meets the memory of another.</summary>
internal static class PerformancePage
{
    public const string Switch = "performance";

    private static readonly string[] Tables =
    [
        SigningTable.Switch, RequestTable.Switch, EndpointTable.Switch, GrantsVsCompanion.Switch, StorageCalls.Switch,
        DirectVsProxied.Switch, ScaleOutComparison.Switch,
    ];

    /// <returns>The exit code of the first table that failed; 0 if none did.</returns>
    public static async Task<int> RunAsync(string[] options)
    {
        foreach (var table in Tables)
        {
            Console.WriteLine($"{Environment.NewLine}{table}");
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [table, .. options]))!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                return process.ExitCode;
            Console.WriteLine($"{table}: {Stopwatch.GetElapsedTime(started).TotalMinutes:N1} minutes");
        }

        return 0;
    }
}
