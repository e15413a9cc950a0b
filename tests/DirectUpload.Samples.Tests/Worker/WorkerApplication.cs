extern alias Worker;

using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Worker::WorkerSample;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>The clients of one host.</summary>
internal sealed record AwsClients(IAmazonS3 S3, IAmazonDynamoDB DynamoDB, IAmazonSQS? Sqs = null)
{
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(S3).AddSingleton(DynamoDB);
        if (Sqs is not null)
            services.AddSingleton(Sqs);
    }
}

/// <summary>Both hosts of samples/Worker, with a scanner that finds the EICAR test file.</summary>
internal sealed class WorkerApplication : IAsyncDisposable
{
    public static readonly string ContentRoot = Repository.GetPath("samples", "Worker");

    /// <summary>Specifies how long a message is hidden that the worker receives.</summary>
    public static readonly TimeSpan VisibilityTimeout = TimeSpan.FromSeconds(2);

    private readonly FakeClamd _clamd = new();
    private readonly WebApplication _api;
    private readonly IHost _worker;

    private WorkerApplication(AwsResources resources, AwsClients api, AwsClients worker)
    {
        string[] settings =
        [
            // Not the test program's folder, which has the settings of other samples.
            $"--contentRoot={ContentRoot}", "--Urls=http://127.0.0.1:0", $"--QueueUrl={resources.QueueUrl}", $"--ClamAv:Port={_clamd.Port}",
            $"--DirectUploads:Bucket={resources.Bucket}", $"--DirectUploads:DynamoDB:TableName={resources.Table}",
            $"--DirectUploads:Sqs:VisibilityTimeout={VisibilityTimeout}",
        ];
        var apiBuilder = ApiHost.CreateBuilder(settings);
        apiBuilder.Logging.ClearProviders().AddProvider(Warnings);
        api.AddTo(apiBuilder.Services);
        _api = apiBuilder.Build().MapApi();
        var workerBuilder = WorkerHost.CreateBuilder(settings);
        workerBuilder.Logging.ClearProviders().AddProvider(Warnings);
        worker.AddTo(workerBuilder.Services);
        _worker = workerBuilder.Build();
        Http = null!;
    }

    /// <summary>Gets the record store of the API host.</summary>
    public IUploadRecordStore ApiStore => _api.Services.GetRequiredService<IUploadRecordStore>();

    public CapturedWarnings Warnings { get; } = new();

    /// <summary>Gets a visitor's client.</summary>
    public HttpClient Http { get; private set; }

    public static async Task<WorkerApplication> StartAsync(AwsResources resources, AwsClients api, AwsClients worker)
    {
        var started = new WorkerApplication(resources, api, worker);
        await started._api.StartAsync();
        await started._worker.StartAsync();
        started.Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(started._api.Urls.First()),
        };
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _worker.StopAsync();
        _worker.Dispose();
        await _api.DisposeAsync();
        await _clamd.DisposeAsync();
    }
}
