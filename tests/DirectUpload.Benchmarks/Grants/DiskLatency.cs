using System.Diagnostics;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>How long the disk of temporary files takes to store a block for good, which a database waits for.</summary>
internal static class DiskLatency
{
    private const int Writes = 200;
    private const int BlockSize = 4096;

    public static double MeasureMilliseconds()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "block");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockSize];
        var times = new List<double>();
        for (var write = 0; write < Writes; write++)
        {
            file.Write(block);
            var started = Stopwatch.GetTimestamp();
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Median();
    }
}
