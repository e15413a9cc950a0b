using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DirectUpload.DynamoDB;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// Dynalite: the servers that DIRECTUPLOAD_DYNAMODB names, with commas between them; each size takes the next, so that none lives in
/// another's tree.
/// </summary>
internal static class DynaliteSubject
{
    public const string EndpointsVariable = "DIRECTUPLOAD_DYNAMODB";

    private const int Concurrency = 8;

    public static GrowthSubject? FindSubject()
    {
        if (Environment.GetEnvironmentVariable(EndpointsVariable) is not { Length: > 0 } servers)
            return null;
        var next = 0;
        return new(
            "DynamoDB's protocol, by dynalite", 100_000, () => CreateAsync(servers.Split(',')[next++ % servers.Split(',').Length]),
            HasStatusIndex: false);
    }

    private static async Task<GrowthDatabase> CreateAsync(string server)
    {
        var requests = new RequestRecorder();
        var table = $"du-growth-{Guid.NewGuid():N}";
        var services = new ServiceCollection();
        services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient(
            new BasicAWSCredentials("any", "any"),
            new AmazonDynamoDBConfig { ServiceURL = server, AuthenticationRegion = "us-east-1", HttpClientFactory = requests }));
        services.AddDirectUploads().UseDynamoDB(o => o.TableName = table);
        var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IAmazonDynamoDB>();
        await DynamoDBTable.CreateIfMissingAsync(client, new() { TableName = table });
        var store = provider.GetRequiredService<IUploadRecordStore>();
        return new(
            store,
            records => Parallel.ForEachAsync(
                records, new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
                async (record, cancellationToken) => await store.AddAsync(record, cancellationToken)),
            requests.RecordAsync,
            async () =>
            {
                await client.DeleteTableAsync(table);
                await provider.DisposeAsync();
            });
    }

    /// <summary>DynamoDB has no plans: what it is asked is the plan, and a Scan is what reads all.</summary>
    private sealed class RequestRecorder : HttpClientFactory
    {
        private readonly List<string> _requests = [];

        public async Task<GrowthPlan> RecordAsync(Func<Task> verb)
        {
            lock (_requests)
                _requests.Clear();
            await verb();
            lock (_requests)
                return new(
                    [.. _requests.CountBy(it => it).Select(it => it.Value == 1 ? it.Key : $"{it.Key}, {it.Value} times")],
                    _requests.Any(it => it.StartsWith("Scan", StringComparison.Ordinal)));
        }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new RecordingHandler(this));

        private void Add(string target, string body)
        {
            using var json = JsonDocument.Parse(body);
            var index = json.RootElement.TryGetProperty("IndexName", out var name) ? $" {name}" : string.Empty;
            lock (_requests)
                _requests.Add(target.Split('.')[^1] + index);
        }

        private sealed class RecordingHandler(RequestRecorder requests) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                requests.Add(
                    request.Headers.GetValues("X-Amz-Target").Single(), await request.Content!.ReadAsStringAsync(cancellationToken));
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
