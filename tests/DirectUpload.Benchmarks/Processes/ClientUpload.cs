using System.Diagnostics;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Client;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// A file by DirectUpload.Client, beside the same file by a bare HttpClient, to the same storage by turns. Client, application and storage
/// are three processes.
/// </summary>
internal static class ClientUpload
{
    public const string Switch = "client-upload";

    private const int Rounds = 5;

    private static readonly long[] Sizes = [16L << 20, 256L << 20, 1L << 30];

    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, Path.Combine(folder.Path, "s3"));
        await using var host = await ChildProcess.StartAsync(HostProcess.Role, storage.Address.AbsoluteUri);
        using var s3 = StorageProcess.CreateClient(storage.Address);
        using var http = new HttpClient();
        var services = new ServiceCollection();
        services.AddDirectUploadClient(options => options.ServerAddress = new Uri(host.Address, "/uploads"));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<DirectUploadClient>();

        Console.WriteLine("| file | bare PUT | client, one PUT | client, parts of 16 MiB |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var size in Sizes)
        {
            var file = Path.Combine(folder.Path, "file");
            await WriteAsync(file, size);
            var (bare, whole, parts) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
            // By turns, so that a busy moment of the machine meets all; the first warms up. Each into an empty storage: what the system has
            // yet to write to the disk would slow down the last.
            for (var round = 0; round < Rounds; round++)
            {
                bare = Min(bare, await TimeAsync(s3, () => PutAsync(http, s3, file)));
                whole = Min(whole, await TimeAsync(s3, () => UploadAsync(client, null, file)));
                parts = Min(parts, await TimeAsync(s3, () => UploadAsync(client, Client.FileUploadMethod.Multipart, file)));
            }

            Console.WriteLine(
                $"| {size >> 20} MiB | {FormatSpeed(size, bare)} | {FormatSpeed(size, whole)} ({bare / whole:N2}×) | " +
                $"{FormatSpeed(size, parts)} ({bare / parts:N2}×) |");
        }
    }

    private static async Task PutAsync(HttpClient http, AmazonS3Client s3, string path)
    {
        var url = await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = StorageProcess.Bucket,
            Key = "bare.bin",
            Verb = HttpVerb.PUT,
            Protocol = Protocol.HTTP,
            Expires = DateTime.UtcNow.AddMinutes(15),
        });
        await using var file = File.OpenRead(path);
        using var body = new StreamContent(file);
        using var answer = await http.PutAsync(url, body);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static Task<FileUploadResult> UploadAsync(DirectUploadClient client, Client.FileUploadMethod? method, string path) =>
        client.UploadAsync(
            FileUploadSource.FromFile(path),
            new Client.FileUploadRequest { Profile = HostProcess.InPlaceProfile, ContentType = HostProcess.ContentType, Method = method },
            new FileUploadOptions { WaitUntilReady = false });

    private static async Task WriteAsync(string path, long size)
    {
        await using var file = File.Create(path);
        foreach (var piece in NoiseContent.GetChunks(size))
            await file.WriteAsync(piece);
    }

    private static async Task<TimeSpan> TimeAsync(AmazonS3Client s3, Func<Task> work)
    {
        await StorageProcess.EmptyAsync(s3);
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string FormatSpeed(long size, TimeSpan time) => $"{size / 1e6 / time.TotalSeconds:N0} MB/s";
}
