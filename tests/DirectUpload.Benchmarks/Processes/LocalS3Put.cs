using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// One GiB put into LocalS3, beside the least that it has to do with it: write a file, and hash the bytes for the ETag (MD5; a presigned
/// PUT that promises no checksum needs no more). Server and client are two processes.
/// </summary>
internal static class LocalS3Put
{
    public const string Switch = "locals3-put";

    private const long Size = 1L << 30;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        using var s3 = StorageProcess.CreateClient(storage.Address);
        using var http = new HttpClient();
        await PutAsync(http, s3, 1000);

        var (floor, put) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // By turns, so that a busy moment of the machine meets both.
        for (var round = 0; round < Rounds; round++)
        {
            floor = Min(floor, await TimeAsync(() => WriteAndHashAsync(Path.Combine(folder.Path, "floor"))));
            put = Min(put, await TimeAsync(() => PutAsync(http, s3, Size)));
        }

        Console.WriteLine("| 1 GiB | time | speed | peak memory of the server |");
        Console.WriteLine("|---|--:|--:|--:|");
        Console.WriteLine($"| write a file and MD5 | {floor.TotalSeconds:N2} s | {GetSpeed(floor):N0} MB/s | |");
        Console.WriteLine(
            $"| PUT to LocalS3 | {put.TotalSeconds:N2} s | {GetSpeed(put):N0} MB/s ({floor / put:P0}) | " +
            $"{storage.PeakMemory / 1e6:N0} MB |");
    }

    private static async Task PutAsync(HttpClient http, Amazon.S3.AmazonS3Client s3, long size)
    {
        var url = await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = StorageProcess.Bucket,
            Key = "noise.bin",
            Verb = Amazon.S3.HttpVerb.PUT,
            Protocol = Amazon.S3.Protocol.HTTP,
            Expires = DateTime.UtcNow.AddMinutes(15),
        });
        using var body = new NoiseContent(size, "application/octet-stream");
        using var answer = await http.PutAsync(url, body);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task WriteAndHashAsync(string path)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        await using (var file = new FileStream(
            path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
        {
            foreach (var piece in NoiseContent.GetChunks(Size))
            {
                md5.AppendData(piece.Span);
                await file.WriteAsync(piece);
            }
        }

        md5.GetHashAndReset();
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static double GetSpeed(TimeSpan time) => Size / 1e6 / time.TotalSeconds;
}
