using System.Globalization;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>
/// Uploads through their whole life, on one, two and four hosts that share a PostgreSQL and a queue, in turns; and on two hosts whose table
/// has a million records already. Everything runs on one machine, so the cost of an upload says more than the uploads per second.
/// </summary>
internal static class ScaleOutComparison
{
    public const string Switch = "scale-out";

    private const int RoundCount = 5;
    private const int Uploads = 1_000;

    // A compiler that is at work costs as much as the uploads; hosts that share the rounds would be at it for longer.
    private const int WarmupPerHost = 1_500;

    private static readonly (int Hosts, int Existing)[] Shapes = [(1, 0), (2, 0), (4, 0), (2, 1_000_000)];

    public static async Task RunAsync(string[] options)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        using var s3 = StorageProcess.CreateClient(storage.Address);
        var applications = new List<ScaleApplication>();
        try
        {
            foreach (var (hosts, existing) in Shapes)
            {
                var application = await ScaleApplication.StartAsync(storage.Address, hosts, existing);
                applications.Add(application);
                await application.RunAsync(WarmupPerHost * hosts);
                application.Results.Clear();
            }

            for (var round = 0; round < RoundCount; round++)
            {
                for (var place = 0; place < applications.Count; place++)
                {
                    await applications[(place + round) % applications.Count].RunAsync(Uploads);
                    await StorageProcess.EmptyAsync(s3);
                }
            }

            await WriteAsync(applications, options);
        }
        finally
        {
            foreach (var application in applications)
                await application.DisposeAsync();
        }
    }

    private static async Task WriteAsync(List<ScaleApplication> applications, string[] options)
    {
        var report = new Report(Switch, options);
        report.Add(
            "| hosts | records before | uploads per second | processor time per upload: hosts | PostgreSQL | both, relative to one host |");
        report.Add("|--:|--:|--:|--:|--:|--:|");
        foreach (var ((hosts, existing), application) in Shapes.Zip(applications))
        {
            var results = application.Results;
            var ratio = results.Select(result => result.Milliseconds).MedianRatio(
                applications[0].Results.Select(result => result.Milliseconds));
            report.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {hosts} | {existing:N0} | {results.Select(result => result.PerSecond).Median():N0} | " +
                $"{results.Select(result => result.HostMilliseconds).Median():N2} ms | " +
                $"{results.Select(result => result.DatabaseMilliseconds).Median():N2} ms | {ratio:N2} |"));
        }

        await report.SaveAsync();
    }
}
