using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>
/// <c>POST /uploads</c> on Kestrel, over real connections and as many at once as keep the server busy, beside an endpoint that does nothing
/// but read the same JSON and answer the same JSON. Times are per request, so the inverse of their ratio is that of the throughputs;
/// client and server share the processors.
/// </summary>
[MemoryDiagnoser]
[GcServer(true)]
[InvocationCount(1, 1), WarmupCount(15), IterationCount(15)]
public class RequestEndpoint
{
    public const int Requests = 320 * LoadClient.DefaultConnections;

    private WebApplication _app = null!;
    private LoadClient _client = null!;
    private byte[] _empty = [];
    private byte[] _upload = [];

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        BenchmarkApplication.AddTo(builder.Services);
        _app = builder.Build();
        _app.MapDirectUploads("/uploads", o => o.OwnerResolver = static _ => BenchmarkApplication.NextUser()).AllowAnonymous();
        var empty = EmptyEndpoint.MapTo(_app, "/empty");
        await _app.StartAsync();

        var address = new Uri(_app.Urls.First());
        _client = new LoadClient(address.Port);
        _upload = LoadClient.CreatePost("/uploads", EmptyEndpoint.RequestJson);
        _empty = LoadClient.CreatePost("/empty", EmptyEndpoint.RequestJson);
        empty.SetResponse(_client.SendOne(_upload));
        if (_client.SendOne(_empty).Body.Length != _client.SendOne(_upload).Body.Length)
            throw new InvalidOperationException("The two endpoints answer texts of different lengths.");
    }

    [IterationSetup]
    public void DeleteRecords() => BenchmarkApplication.DeleteRecordsAsync(_app.Services).GetAwaiter().GetResult();

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public void Empty() => _client.Send(_empty, Requests);

    [Benchmark(OperationsPerInvoke = Requests)]
    public void Upload() => _client.Send(_upload, Requests);
}
