using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.SQS.Model;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Tests;

/// <summary>An application: a bucket, its records, and any number of queues, and of hosts that receive from them.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly LocalS3Fixture _storage;
    private readonly ServiceProvider _application;
    private readonly List<IHost> _hosts = [];
    private readonly HttpClient _http = new();
    private readonly Lazy<AmazonSQSClient> _sqs = new(() => TestClients.Create());

    public TestApplication(LocalS3Fixture storage)
    {
        _storage = storage;
        using var memory = AddUploads(new ServiceCollection()).Services.BuildServiceProvider();
        Store = new FaultInjectingStore(memory.GetRequiredService<IUploadRecordStore>());
        _application = AddUploads(new ServiceCollection()).Services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore>(Store))
            .BuildServiceProvider();
    }

    /// <summary>Who never asks for it needs no server.</summary>
    public AmazonSQSClient Sqs => _sqs.Value;

    public FaultInjectingStore Store { get; }

    public CapturedLog Log { get; } = new();

    public ConcurrentBag<UploadGrant> Grants { get; } = [];

    public StorageEventProcessor EventProcessor => _application.GetRequiredService<StorageEventProcessor>();

    /// <returns>Its URL.</returns>
    public async Task<string> CreateQueueAsync(Dictionary<string, string>? attributes = null) =>
        (await Sqs.CreateQueueAsync(
            new CreateQueueRequest { QueueName = $"q-{Guid.NewGuid():N}", Attributes = attributes ?? [] })).QueueUrl;

    /// <summary>A host that receives; it waits briefly, or a receiver that was stopped would take a message on the server's side.</summary>
    public async Task<IHost> StartAsync(
        string queueUrl, Action<SqsEventsOptions>? configure = null, InterceptingHandler? wire = null, TimeSpan? shutdown = null) =>
        await StartAsync([queueUrl], configure, wire, shutdown);

    public async Task<IHost> StartAsync(
        IEnumerable<string> queueUrls, Action<SqsEventsOptions>? configure = null, InterceptingHandler? wire = null,
        TimeSpan? shutdown = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown ?? TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton<IAmazonSQS>(wire is null ? Sqs : TestClients.Create(wire));
        var uploads = AddUploads(builder.Services);
        foreach (var queueUrl in queueUrls)
        {
            uploads.AddSqsEvents(queueUrl, options =>
            {
                options.WaitTime = TimeSpan.FromSeconds(1);
                configure?.Invoke(options);
            });
        }

        builder.Services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore>(Store));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Requests an upload and sends its bytes; nobody confirms it.</summary>
    public async Task<Upload> UploadAsync()
    {
        var request = new UploadRequest { Profile = "notes", FileName = "note.txt", ContentType = "text/plain", Size = 5 };
        var grant = (await _application.GetRequiredService<IDirectUploadService>().RequestAsync(request, UploadCaller.Anonymous)).Value!;
        Grants.Add(grant);
        using var content = new ByteArrayContent("Hello"u8.ToArray());
        foreach (var (name, value) in grant.Instructions.Headers)
            content.Headers.TryAddWithoutValidation(name, value);
        (await _http.PutAsync(new Uri(grant.Instructions.Url), content)).EnsureSuccessStatusCode();
        return grant.Upload;
    }

    public async Task<IReadOnlyList<Upload>> UploadAsync(int count)
    {
        var records = new List<Upload>(count);
        for (var number = 0; number < count; number++)
            records.Add(await UploadAsync());
        return records;
    }

    public Task SendAsync(string queueUrl, string body) => Sqs.SendMessageAsync(queueUrl, body);

    public async Task SendAsync(string queueUrl, IEnumerable<string> bodies)
    {
        foreach (var batch in bodies.Chunk(10))
            (await Sqs.SendMessageBatchAsync(queueUrl, [.. batch.Select(
                (body, place) => new SendMessageBatchRequestEntry($"{place}", body))])).Failed.Should().BeNullOrEmpty();
    }

    public async Task<UploadRecord> GetCurrentAsync(Upload upload) => (await Store.Inner.FindAsync(upload.Id))!;

    public async Task WaitUntilReadyAsync(Upload upload) =>
        await WaitUntilAsync(async () => (await GetCurrentAsync(upload)).Status == UploadStatus.Ready, "the upload is ready");

    /// <returns>How many messages are to be received, and how many are held by receivers.</returns>
    public async Task<(int Visible, int Held)> CountMessagesAsync(string queueUrl)
    {
        var attributes = await Sqs.GetQueueAttributesAsync(
            queueUrl, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        return (attributes.ApproximateNumberOfMessages, attributes.ApproximateNumberOfMessagesNotVisible);
    }

    public Task WaitUntilEmptyAsync(string queueUrl) =>
        WaitUntilAsync(async () => await CountMessagesAsync(queueUrl) == (0, 0), "the queue is empty");

    public static async Task WaitUntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            patience.IsCancellationRequested.Should().BeFalse($"{what}, or should be by now");
            await Task.Delay(20);
        }
    }

    public static Task WaitUntilAsync(Func<bool> condition, string what) => WaitUntilAsync(() => Task.FromResult(condition()), what);

    public async ValueTask DisposeAsync()
    {
        Store.BeforeFind = (_, _) => Task.CompletedTask;
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await _application.DisposeAsync();
        _http.Dispose();
        if (_sqs.IsValueCreated)
            Sqs.Dispose();
    }

    private DirectUpload.DirectUploadBuilder AddUploads(IServiceCollection services) => services
        .AddSingleton<IAmazonS3>(_storage.S3)
        .AddDirectUploads(options =>
        {
            options.Bucket = _storage.Bucket;
            options.MaxRequestsPerMinutePerOwner = null;
            options.AddProfile("notes", notes =>
            {
                notes.ContentTypes.Add("text/plain");
                notes.MaxPendingUploadsPerOwner = null;
            });
        })
        .UseInMemoryStore();
}
