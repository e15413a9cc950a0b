using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// What an upload costs the application: when it grants and confirms and the bytes go straight to storage, and when it carries them there
/// itself, as a stream or as an <c>IFormFile</c>. Client, application and storage are three processes; only the application's processor
/// time and bytes count.
/// </summary>
internal static class DirectVsProxied
{
    public const string Switch = "direct-vs-proxied";

    private const int RoundCount = 5;

    // An application that is used; alone, each upload would also pay for threads that wait for it.
    private const int Concurrency = 4;
    private const int WarmupCount = 2_000;

    private static readonly (long Size, int Count)[] Files = [(1L << 20, 512), (16L << 20, 48), (256L << 20, 4)];

    private static readonly (string Name, Func<HttpClient, long, Task> UploadAsync)[] Ways =
        [("direct", DirectAsync), ("proxied as a stream", ProxiedAsync), ("proxied by `IFormFile`", FormFileAsync)];

    public static async Task RunAsync(string[] options)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        await using var host = await ChildProcess.StartAsync(HostProcess.Role, storage.Address.AbsoluteUri);
        using var http = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(5) };
        using var s3 = StorageProcess.CreateClient(storage.Address);
        // Warm first: what the compiler costs at the start is not what an upload costs.
        foreach (var (_, uploadAsync) in Ways)
            await UploadAsync(http, size: 1000, WarmupCount, uploadAsync);

        var report = new Report(Switch, options);
        report.Add("| file size | way | processor time per upload | relative to direct | bytes through the application per upload |");
        report.Add("|---|---|--:|--:|--:|");
        foreach (var (size, count) in Files)
        {
            var costs = Array.ConvertAll(Ways, _ => new List<Cost>());
            for (var round = 0; round < RoundCount; round++)
            {
                for (var place = 0; place < Ways.Length; place++)
                {
                    var way = (place + round) % Ways.Length;
                    costs[way].Add(await MeasureAsync(host, http, size, count, Ways[way].UploadAsync));
                    await StorageProcess.EmptyAsync(s3);
                }
            }

            for (var way = 0; way < Ways.Length; way++)
                Add(report, size, Ways[way].Name, costs[way], costs[0]);
        }

        await report.SaveAsync();
    }

    private static async Task<Cost> MeasureAsync(
        ChildProcess host, HttpClient http, long size, int count, Func<HttpClient, long, Task> uploadAsync)
    {
        var (timeBefore, bytesBefore) = (host.ProcessorTime, await GetTrafficAsync(http));
        await UploadAsync(http, size, count, uploadAsync);
        var (time, bytes) = (host.ProcessorTime - timeBefore, await GetTrafficAsync(http) - bytesBefore);
        return new(time.TotalMilliseconds / count, (double)bytes / count);
    }

    private static Task UploadAsync(HttpClient http, long size, int count, Func<HttpClient, long, Task> uploadAsync) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (_, _) => await uploadAsync(http, size));

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

    private static async Task FormFileAsync(HttpClient http, long size)
    {
        using var form = new MultipartFormDataContent { { new NoiseContent(size, HostProcess.ContentType), "file", "noise.bin" } };
        using var post = await http.PostAsync("/form", form);
        post.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage CreateTokenRequest(HttpMethod method, string address, JsonElement grant) =>
        new(method, address) { Headers = { { "Upload-Token", grant.GetProperty("writeToken").GetString() } } };

    private static async Task<long> GetTrafficAsync(HttpClient http) => (await http.GetFromJsonAsync<Traffic>("/traffic"))!.Total;

    private static void Add(Report report, long size, string way, List<Cost> costs, List<Cost> direct) => report.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"| {size >> 20} MiB | {way} | {costs.Select(cost => cost.Milliseconds).Median():N2} ms | " +
        $"{costs.Select(cost => cost.Milliseconds).MedianRatio(direct.Select(cost => cost.Milliseconds)):N1} | " +
        $"{costs.Select(cost => cost.Bytes).Median() / 1e3:N0} KB |"));

    private sealed record Cost(double Milliseconds, double Bytes);
}
