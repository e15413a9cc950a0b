using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Imaging.Tests.Images;
using static DirectUpload.Imaging.Tests.Images.DecoderFixture;

namespace DirectUpload.Imaging.Tests.Flows;

/// <summary>
/// Decodes images that are broken or built to do harm: all of <see cref="HostileImages"/> with <c>DIRECTUPLOAD_IMAGES=all</c>, a sample
/// otherwise. <c>DIRECTUPLOAD_IMAGES_REPORT</c> names a file that gets the figures.
/// </summary>
public sealed class HostileImageTests
{
    private const int SampleSize = 200;
    private const int MaxAttempts = 3;
    private static readonly TimeSpan MaxRecovery = TimeSpan.FromSeconds(5);
    private static readonly bool IsComplete = Environment.GetEnvironmentVariable("DIRECTUPLOAD_IMAGES") == "all";

    private readonly ImagingOptions _options = new() { MemoryLimit = 512L << 20, Timeout = TimeSpan.FromSeconds(20) };
    private readonly byte[] _good = TestImage.CreateJpegWithMetadata();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private readonly ConcurrentBag<string> _errors = [];
    private long _peakMemory;
    private TimeSpan _longestRecovery;

    [Fact]
    public async Task Images_HostileOrBroken_AreDecodedOrRejected()
    {
        using var pool = CreatePool(_options);
        await RecoverAsync(pool, "start");
        _longestRecovery = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, IsComplete ? HostileImages.Count : SampleSize), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (index, _) =>
            {
                var (name, content) = HostileImages.Create(index);
                await DecodeAsync(pool, name, content);
                // Every image is followed by a good one at the latest after nine others, and at once if it ended a process.
                if (index % 10 == 0)
                    await RecoverAsync(pool, name);
            });

        await ReportAsync(watch.Elapsed);
        _errors.Should().BeEmpty();
        _outcomes.Keys.Should().Contain(
            [
                nameof(ImageFailure.None), nameof(ImageFailure.Unreadable), nameof(ImageFailure.Unsupported),
                nameof(ImageFailure.TooManyPixels), nameof(ImageFailure.TooManyFrames),
            ]);
        _peakMemory.Should().BeLessThan(_options.MemoryLimit);
    }

    private async Task DecodeAsync(ImageProcessPool pool, string name, byte[] content, int attempt = 1)
    {
        try
        {
            var image = await DecoderFixture.DecodeAsync(pool, content, CreateJob(
                CreateVariant(100, 100, ImageFit.Cover, ImageFormat.Jpeg),
                CreateVariant(200, 200, ImageFit.Contain, ImageFormat.Webp, keepAnimation: true), CreateVariant(format: null)));
            Count($"{image.Reply.Failure}");
            foreach (var (variant, bytes) in image.Reply.Variants.Zip(image.Variants))
            {
                if (Metadata.Find(bytes) is { Count: > 0 } found)
                    _errors.Add($"{name}: the variant in {variant.Format} has {string.Join(", ", found)}");
            }
        }
        catch (DecoderDiedException exception) when (exception.IsCausedByImage)
        {
            Count("process ended");
            await RecoverAsync(pool, name);
        }
        catch (DecoderDiedException exception) when (!exception.IsCausedByImage && attempt < MaxAttempts)
        {
            // A busy machine gave the process too little time; the worker repeats the attempt as well.
            await DecodeAsync(pool, name, content, attempt + 1);
        }
        catch (Exception exception)
        {
            _errors.Add($"{name}: {exception}");
        }

        MeasureMemory(pool);
    }

    private async Task RecoverAsync(ImageProcessPool pool, string name)
    {
        var watch = Stopwatch.StartNew();
        if ((await DecoderFixture.DecodeAsync(pool, _good, CreateJob())).Reply.Failure != ImageFailure.None)
            _errors.Add($"{name}: the next good image was refused");
        lock (_errors)
            _longestRecovery = watch.Elapsed > _longestRecovery ? watch.Elapsed : _longestRecovery;
        if (IsComplete && watch.Elapsed > MaxRecovery)
            _errors.Add($"{name}: the next good image took {watch.Elapsed}");
    }

    private void Count(string outcome) => _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    private void MeasureMemory(ImageProcessPool pool)
    {
        foreach (var id in pool.IdleProcessIds)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                InterlockedMax(process.PeakWorkingSet64);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // It has ended.
            }
        }
    }

    private void InterlockedMax(long value)
    {
        lock (_errors)
            _peakMemory = Math.Max(_peakMemory, value);
    }

    private async Task ReportAsync(TimeSpan elapsed)
    {
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_IMAGES_REPORT") is not { Length: > 0 } file)
            return;
        await File.WriteAllLinesAsync(file,
        [
            .. _outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal).Select(outcome => $"{outcome.Key}: {outcome.Value}"),
            $"elapsed: {elapsed}", $"longest recovery: {_longestRecovery}", $"peak memory of a process: {_peakMemory >> 20} MiB",
            .. _errors,
        ]);
    }
}
