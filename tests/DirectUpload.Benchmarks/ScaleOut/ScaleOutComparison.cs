using System.Globalization;
using Amazon.S3;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>
/// Uploads through their whole life, on one, two and four hosts that share a PostgreSQL and a queue, in turns; and on two hosts whose table
/// has a million records already. Everything runs on one machine, which bears the steady load of four hosts and is used up by two at most.
/// </summary>
internal static class ScaleOutComparison
{
    public const string Switch = "scale-out";

    private const int RoundCount = 5;

    // Of each host, so that two cores bear it with four of them.
    private const int PerSecond = 30;
    private const int SecondsPerRound = 8;

    private const int UploadsAtMost = 1_000;

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
                application.Pause();
            }

            var steady = await RunRoundsAsync(
                s3, applications, static (application, hosts) =>
                    application.RunAtRateAsync(PerSecond * SecondsPerRound * hosts, PerSecond * hosts));
            var most = await RunRoundsAsync(s3, applications, static (application, _) => application.RunAsync(UploadsAtMost));
            await WriteAsync(steady, most, options);
        }
        finally
        {
            foreach (var application in applications)
                await application.DisposeAsync();
        }
    }

    private static async Task<List<ScaleResult>[]> RunRoundsAsync(
        AmazonS3Client s3, List<ScaleApplication> applications, Func<ScaleApplication, int, Task<ScaleResult>> runAsync)
    {
        var results = Array.ConvertAll(Shapes, static _ => new List<ScaleResult>());
        for (var round = 0; round < RoundCount; round++)
        {
            for (var place = 0; place < Shapes.Length; place++)
            {
                var shape = (place + round) % Shapes.Length;
                results[shape].Add(await runAsync(applications[shape], Shapes[shape].Hosts));
                applications[shape].Pause();
                await StorageProcess.EmptyAsync(s3);
            }
        }

        return results;
    }

    private static async Task WriteAsync(List<ScaleResult>[] steady, List<ScaleResult>[] most, string[] options)
    {
        var report = new Report(Switch, options);
        report.Add(
            "| hosts | records before | load | uploads per second | processor time per upload: hosts | PostgreSQL | " +
            "both, relative to one host |");
        report.Add("|--:|--:|---|--:|--:|--:|--:|");
        Add($"{PerSecond} per second and host", steady);
        Add("all that the machine bears", most);
        await report.SaveAsync();

        void Add(string load, List<ScaleResult>[] results)
        {
            foreach (var ((hosts, existing), rounds) in Shapes.Zip(results))
            {
                var ratio = rounds.Select(result => result.Milliseconds).MedianRatio(results[0].Select(result => result.Milliseconds));
                report.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {hosts} | {existing:N0} | {load} | {rounds.Select(result => result.PerSecond).Median():N0} | " +
                    $"{rounds.Select(result => result.HostMilliseconds).Median():N2} ms | " +
                    $"{rounds.Select(result => result.DatabaseMilliseconds).Median():N2} ms | {ratio:N2} |"));
            }
        }
    }
}
