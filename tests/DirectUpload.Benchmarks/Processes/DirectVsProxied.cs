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

    private const int WarmupCount = 2_000;

    // The fewer uploads there are at a time, the more often the threads of the application fall asleep and are woken again for each.
    private const int FewAtATime = 4;
    private const int ManyAtATime = 16;

    private static readonly Load[] Loads =
    [
        new(1L << 20, 512, FewAtATime), new(1L << 20, 512, ManyAtATime), new(16L << 20, 48, FewAtATime), new(256L << 20, 4, FewAtATime),
    ];

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
            await UploadAsync(http, new Load(1000, WarmupCount, FewAtATime), uploadAsync);

        var report = new Report(Switch, options);
        report.Add(
            "| file size | at a time | way | processor time per upload | relative to direct | bytes through the application per upload |");
        report.Add("|---|--:|---|--:|--:|--:|");
        foreach (var load in Loads)
        {
            var costs = Array.ConvertAll(Ways, _ => new List<Cost>());
            for (var round = 0; round < RoundCount; round++)
            {
                for (var place = 0; place < Ways.Length; place++)
                {
                    var way = (place + round) % Ways.Length;
                    costs[way].Add(await MeasureAsync(host, http, load, Ways[way].UploadAsync));
                    await StorageProcess.EmptyAsync(s3);
                }
            }

            for (var way = 0; way < Ways.Length; way++)
                Add(report, load, Ways[way].Name, costs[way], costs[0]);
        }

        await report.SaveAsync();
    }

    private static async Task<Cost> MeasureAsync(
        ChildProcess host, HttpClient http, Load load, Func<HttpClient, long, Task> uploadAsync)
    {
        var (timeBefore, bytesBefore) = (host.ProcessorTime, await GetTrafficAsync(http));
        await UploadAsync(http, load, uploadAsync);
        var (time, bytes) = (host.ProcessorTime - timeBefore, await GetTrafficAsync(http) - bytesBefore);
        return new(time.TotalMilliseconds / load.Count, (double)bytes / load.Count);
    }

    private static Task UploadAsync(HttpClient http, Load load, Func<HttpClient, long, Task> uploadAsync) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, load.Count), new ParallelOptions { MaxDegreeOfParallelism = load.AtATime },
            async (_, _) => await uploadAsync(http, load.Size));

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

    private static void Add(Report report, Load load, string way, List<Cost> costs, List<Cost> direct) => report.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"| {load.Size >> 20} MiB | {load.AtATime} | {way} | {costs.Select(cost => cost.Milliseconds).Median():N2} ms | " +
        $"{costs.Select(cost => cost.Milliseconds).MedianRatio(direct.Select(cost => cost.Milliseconds)):N1} | " +
        $"{costs.Select(cost => cost.Bytes).Median() / 1e3:N0} KB |"));

    private sealed record Load(long Size, int Count, int AtATime);

    private sealed record Cost(double Milliseconds, double Bytes);
}
