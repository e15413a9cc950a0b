using System.Diagnostics;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Imaging;
using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;

namespace DirectUpload.Benchmarks.Imaging;

/// <summary>
/// Makes thumbnails of the same files with DirectUpload.Imaging and with <c>vipsthumbnail</c> (Debian: libvips-tools), in turns.
/// </summary>
internal static class ImageThroughput
{
    public const string Switch = "image-throughput";

    private const int Files = 40;
    private const int Rounds = 5;
    private const int Size = 320;

    private static readonly ImageJob Job = new(
        120_000_000, 1_000, SetThumbHash: true, [new VariantJob(Size, Size, ImageFit.Inside, ImageFormat.Jpeg, 80, KeepAnimation: false)]);

    public static async Task RunAsync()
    {
        Console.WriteLine("| files | vipsthumbnail | DirectUpload.Imaging | throughput | memory, vipsthumbnail | memory, each process |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var (suffix, width, height) in ((string, int, int)[])
            [(".jpg", 4_000, 3_000), (".png", 2_000, 1_500), (".webp", 2_000, 1_500), (".avif[effort=0]", 1_000, 750)])
        {
            using var folder = new TemporaryFolder();
            var files = CreateFiles(folder.Path, suffix, width, height);
            using var pool = new ImageProcessPool(
                new ImagingOptions { MaxProcesses = Environment.ProcessorCount }, TimeProvider.System, NullLogger.Instance);
            await MeasureAsync(pool, files);
            var (ours, theirs) = (new List<Measurement>(), new List<Measurement>());
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add(await MeasureAsync(files));
                ours.Add(await MeasureAsync(pool, files));
            }

            var (vips, imaging) = (Median(theirs), Median(ours));
            Console.WriteLine(
                $"| {Files} {suffix.Split('[')[0]} of {width} × {height} | {vips.TotalSeconds:F2} s | {imaging.TotalSeconds:F2} s "
                + $"| {vips / imaging:F2} | {theirs.Max(it => it.PeakMemory) >> 20} MiB | {ours.Max(it => it.PeakMemory) >> 20} MiB |");
        }
    }

    private static string[] CreateFiles(string folder, string suffix, int width, int height)
    {
        // Soft noise: neither as cheap to decode as one color, nor as expensive as pure noise.
        using var noise = Image.Gaussnoise(width / 8, height / 8, mean: 128, sigma: 50, seed: 1);
        using var soft = noise.Resize(8).Cast(Enums.BandFormat.Uchar);
        using var color = soft.Bandjoin([soft.Rot180(), soft.Invert()]).Copy(interpretation: Enums.Interpretation.Srgb);
        var content = color.WriteToBuffer(suffix);
        return [.. Enumerable.Range(0, Files).Select(index =>
        {
            var file = Path.Combine(folder, $"image-{index}{suffix.Split('[')[0]}");
            File.WriteAllBytes(file, content);
            return file;
        })];
    }

    private static async Task<Measurement> MeasureAsync(ImageProcessPool pool, string[] files)
    {
        var watch = Stopwatch.StartNew();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(files, parallelism, async (file, token) =>
        {
            var image = await pool.DecodeAsync(Job, _ => Task.FromResult<Stream>(File.OpenRead(file)), new FileInfo(file).Length, token);
            if (image.Reply.Failure != ImageFailure.None)
                throw new InvalidOperationException($"{file}: {image.Reply.Reason}");
            await File.WriteAllBytesAsync(file + ".thumb", image.Variants[0], token);
        });
        var elapsed = watch.Elapsed;
        return new(elapsed, pool.IdleProcessIds.Max(id => GetPeakMemory(Process.GetProcessById(id))));
    }

    private static async Task<Measurement> MeasureAsync(string[] files)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(
            "vipsthumbnail", ["--size", $"{Size}x{Size}", "--eprofile", "srgb", "-o", "%s-vips.jpg[Q=80,optimize-coding,strip]", .. files]);
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, GetPeakMemory(process));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"vipsthumbnail ended with {process.ExitCode}.");
        return new(watch.Elapsed, peak);
    }

    private static long GetPeakMemory(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static TimeSpan Median(List<Measurement> measurements) => measurements.Select(it => it.Elapsed).Order().ElementAt(Rounds / 2);

    private readonly record struct Measurement(TimeSpan Elapsed, long PeakMemory);
}
