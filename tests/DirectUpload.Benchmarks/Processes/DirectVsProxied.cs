using System.Net.Http.Json;
using System.Text.Json;
using Amazon.S3;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// What one GiB of uploads costs the application: when it grants and confirms and the bytes go straight to storage, and when it carries
/// them there itself. Client, application and storage are three processes; only the application's processor time and bytes count.
/// </summary>
internal static class DirectVsProxied
{
    public const string Switch = "direct-vs-proxied";

    private const long Total = 1L << 30;
    private const int Rounds = 3;

    private static readonly long[] FileSizes = [1L << 20, 16L << 20, 256L << 20];

    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        await using var host = await ChildProcess.StartAsync(HostProcess.Role, storage.Address.AbsoluteUri);
        using var http = new HttpClient { BaseAddress = host.Address };
        using var s3 = StorageProcess.CreateClient(storage.Address);

        Console.WriteLine("| file size | way | processor time of the application per GiB | bytes through the application per GiB |");
        Console.WriteLine("|---|---|--:|--:|");
        foreach (var size in FileSizes)
        {
            Write(size, "direct", await MeasureAsync(host, http, s3, size, DirectAsync));
            Write(size, "proxied", await MeasureAsync(host, http, s3, size, ProxiedAsync));
        }
    }

    // The best of several rounds: on a busy machine the others are measured too high, never too low.
    private static async Task<Cost> MeasureAsync(
        ChildProcess host, HttpClient http, AmazonS3Client s3, long size, Func<HttpClient, long, Task> upload)
    {
        // Warm first: what the compiler costs at the start is not what a gigabyte costs.
        for (var i = 0; i < 200; i++)
            await upload(http, 1000);

        var best = new Cost(TimeSpan.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (timeBefore, bytesBefore) = (host.ProcessorTime, await GetTrafficAsync(http));
            for (var sent = 0L; sent < Total; sent += size)
                await upload(http, size);
            var (time, bytes) = (host.ProcessorTime - timeBefore, await GetTrafficAsync(http) - bytesBefore);
            if (time < best.ProcessorTime)
                best = new(time, bytes);
            await StorageProcess.EmptyAsync(s3);
        }

        return best;
    }

    private static async Task DirectAsync(HttpClient http, long size)
    {
        using var requested = await http.PostAsJsonAsync(
            "/uploads", new { profile = HostProcess.Profile, fileName = "noise.bin", contentType = HostProcess.ContentType, size });
        requested.EnsureSuccessStatusCode();
        var grant = await requested.Content.ReadFromJsonAsync<JsonElement>();
        using (var body = new NoiseContent(size, HostProcess.ContentType))
        using (var put = await http.PutAsync(grant.GetProperty("upload").GetProperty("url").GetString(), body))
            put.EnsureSuccessStatusCode();

        using var confirm = CreateTokenRequest(HttpMethod.Post, $"/uploads/{grant.GetProperty("id")}/confirm", grant);
        using var confirmed = await http.SendAsync(confirm);
        var status = (await confirmed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
        if (status != "ready")
            throw new InvalidOperationException($"The upload is {status}.");
    }

    private static async Task ProxiedAsync(HttpClient http, long size)
    {
        using var body = new NoiseContent(size, HostProcess.ContentType);
        using var put = await http.PutAsync($"/proxied/{Guid.NewGuid():N}", body);
        put.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage CreateTokenRequest(HttpMethod method, string address, JsonElement grant) =>
        new(method, address) { Headers = { { "Upload-Token", grant.GetProperty("writeToken").GetString() } } };

    private static async Task<long> GetTrafficAsync(HttpClient http) => (await http.GetFromJsonAsync<Traffic>("/traffic"))!.Total;

    private static void Write(long size, string way, Cost cost) => Console.WriteLine(
        $"| {size >> 20} MiB | {way} | {cost.ProcessorTime.TotalMilliseconds:N0} ms | {cost.Bytes / 1e6:N2} MB |");

    private sealed record Cost(TimeSpan ProcessorTime, long Bytes);
}
