using System.Diagnostics;

namespace DirectUpload.Client.Tests;

/// <summary>The console sample, in a process of its own, whose memory is looked at until it ends.</summary>
[Collection(nameof(DirectUploadClientLargeFileTests))]
public sealed class DirectUploadClientLargeFileTests(ITestOutputHelper output)
{
    private const long Size = 5L * 1024 * 1024 * 1024;
    private const long MaxMemory = 300_000_000;

    private static string ConsoleSamplePath =>
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "DirectUpload.Client.Tests"), Path.Combine("samples", "Console")) +
        "upload.dll";

    [Fact]
    public async Task Upload_FiveGibibytes_UsesLessThan300MB()
    {
        await using var stage = await TestEnvironment.StartAsync(new() { PublicStorageEndpoint = itself => itself });
        var folder = Directory.CreateTempSubdirectory("directupload-huge-");
        try
        {
            var path = Path.Combine(folder.FullName, "huge.bin");
            // Zeroes, of which the file system keeps none.
            await using (var file = File.Create(path))
                file.SetLength(Size);
            var started = Stopwatch.GetTimestamp();

            var (answer, peak) = await UploadAsync(stage, folder.FullName, path);

            output.WriteLine(
                $"{Size / 1e9:N1} GB in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, at most {peak / 1e6:N0} MB of memory");
            answer.Should().Contain("Ready");
            peak.Should().BeInRange(20_000_000, MaxMemory);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(string Answer, long Peak)> UploadAsync(TestEnvironment stage, string home, string path)
    {
        var start = new ProcessStartInfo(
            "dotnet", [ConsoleSamplePath, path, "--server", $"{stage.Application.Endpoint}uploads", "--profile", "huge"])
        {
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = home, ["LOCALAPPDATA"] = home, ["XDG_DATA_HOME"] = home },
        };
        using var process = Process.Start(start)!;
        var peak = 0L;
        var reading = process.StandardOutput.ReadToEndAsync();
        var exiting = process.WaitForExitAsync();
        while (!exiting.IsCompleted)
        {
            peak = Math.Max(peak, ReadPeak(process));
            await Task.WhenAny(exiting, Task.Delay(50));
        }

        return (await reading, peak);
    }

    private static long ReadPeak(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended in the meantime, and takes its figures with it.
            return 0;
        }
    }
}

/// <summary>By itself: whoever else is measured meanwhile would be the slower for it.</summary>
[CollectionDefinition(nameof(DirectUploadClientLargeFileTests), DisableParallelization = true)]
public sealed class NonParallelCollection;
