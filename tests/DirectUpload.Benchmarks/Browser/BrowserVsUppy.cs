using System.Diagnostics;
using Amazon.S3.Model;
using DirectUpload.Benchmarks.Processes;
using Microsoft.Playwright;

namespace DirectUpload.Benchmarks.Browser;

/// <summary>One GiB in parts by the browser client and by Uppy 6, in turns, in the same browser to the same storage.</summary>
internal static class BrowserVsUppy
{
    public const string Switch = "browser-vs-uppy";

    private const int Rounds = 5;

    private static readonly (string Name, TimeSpan Latency, double ResetShare)[] Lines =
        [("clean", TimeSpan.Zero, 0), ("50 ms, 2 % resets", TimeSpan.FromMilliseconds(50), 0.02)];

    public static async Task RunAsync(string[] options)
    {
        var size = options is [var mebibytes] ? long.Parse(mebibytes) << 20 : 1L << 30;
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "film.bin");
        await using (var content = File.Create(file))
        {
            foreach (var piece in NoiseContent.GetChunks(size))
                await content.WriteAsync(piece);
        }

        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, Path.Combine(folder.Path, "s3"));
        using var s3 = StorageProcess.CreateClient(storage.Address);
        await using var line = await LossyLine.StartAsync(storage.Address);
        await using var application = await ComparisonHost.StartAsync(s3, line.Address);
        await s3.PutCORSConfigurationAsync(StorageProcess.Bucket, CreateCors(application.Urls.First()));
        using var playwright = await Playwright.CreateAsync();
        var chromium = Environment.GetEnvironmentVariable("DIRECTUPLOAD_CHROMIUM") ?? "/usr/bin/chromium";
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });

        Console.WriteLine("| line | Uppy 6 | DirectUpload | time, ratio | sent again: Uppy 6 | DirectUpload |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var (name, latency, resetShare) in Lines)
        {
            (line.Latency, line.ResetShare) = (latency, resetShare);
            var (uppy, direct) = (new List<Result>(), new List<Result>());
            for (var round = 0; round < Rounds; round++)
            {
                uppy.Add(await MeasureAsync("uppy", round));
                direct.Add(await MeasureAsync("directUpload", round));
            }

            var ratio = Median(direct.Zip(uppy, static (ours, theirs) => ours.Seconds / theirs.Seconds));
            Console.WriteLine(
                $"| {name} | {Median(uppy.Select(static result => result.Seconds)):N1} s | " +
                $"{Median(direct.Select(static result => result.Seconds)):N1} s | {ratio:N2} | " +
                $"{Median(uppy.Select(static result => result.SentAgain)) / (1 << 20):N1} MiB | " +
                $"{Median(direct.Select(static result => result.SentAgain)) / (1 << 20):N1} MiB |");
        }

        async Task<Result> MeasureAsync(string client, int round)
        {
            await StorageProcess.EmptyAsync(s3);
            line.Restart(seed: round);
            var page = await browser.NewPageAsync();
            page.Console += static (_, message) => Console.Error.WriteLine(message.Text);
            await page.GotoAsync(application.Urls.First());
            await page.Locator("#file").SetInputFilesAsync(file);
            var started = Stopwatch.GetTimestamp();
            await page.EvaluateAsync($"() => clients.{client}()");
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await page.CloseAsync();
            return new(seconds, line.ReceivedBytes - size);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static CORSConfiguration CreateCors(string origin) => new()
    {
        Rules =
        [
            new()
            {
                AllowedOrigins = [origin], AllowedMethods = ["PUT", "POST"], AllowedHeaders = ["*"], ExposeHeaders = ["ETag"],
                MaxAgeSeconds = 3600,
            },
        ],
    };

    private sealed record Result(double Seconds, double SentAgain);
}
