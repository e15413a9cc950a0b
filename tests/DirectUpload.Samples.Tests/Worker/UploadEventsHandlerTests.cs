extern alias Worker;

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Worker::WorkerSample.Lambda;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>The Lambda function of samples/Worker, with the events as AWS documents them (the folder Events).</summary>
public sealed class UploadEventsHandlerTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>, IAsyncDisposable
{
    private readonly ServiceProvider _application = new ServiceCollection()
        .AddSingleton<IAmazonS3>(storage.S3)
        .AddDirectUploads(options =>
        {
            options.Bucket = storage.Bucket;
            options.AddProfile("photo", photo =>
            {
                photo.ContentTypes.Add("text/plain");
                photo.RequiredProcessors.Add("image-variants");
            });
        })
        .UseInMemoryStore().Services.BuildServiceProvider();

    [Theory]
    [InlineData("put")]
    [InlineData("complete-multipart-upload")]
    [InlineData("copy")]
    [InlineData("eventbridge")]
    [InlineData("sns")]
    public async Task Handle_CreatedObject_ConfirmsTheUpload(string recorded)
    {
        var upload = await UploadAsync();

        (await HandleAsync(Read(recorded, upload.Bucket!, upload.StagingKey!))).Should().BeEmpty();

        (await GetStatusAsync(upload)).Should().Be(UploadStatus.Uploaded);
    }

    [Theory]
    [InlineData("test-event", "")]
    [InlineData("put", "staging/photo/unknown.txt")]
    [InlineData("put", "staging/photo/01a21bef1cc57477bbfb8df9c119b574.txt")]
    public async Task Handle_NoUploadOfThisApplication_IsDone(string recorded, string key) =>
        (await HandleAsync(Read(recorded, storage.Bucket, key))).Should().BeEmpty();

    [Fact]
    public async Task Handle_DoubledMessage_ConfirmsOnce()
    {
        var upload = await UploadAsync();
        var recorded = Read("put", upload.Bucket!, upload.StagingKey!);
        recorded["Records"]!.AsArray().Add(recorded["Records"]![0]!.DeepClone());

        (await HandleAsync(recorded)).Should().BeEmpty();
        (await HandleAsync(recorded)).Should().BeEmpty("Lambda may deliver a batch again");

        (await GetRecordAsync(upload)).Status.Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task Handle_ObjectOfAnotherBucket_ChangesNothing()
    {
        var upload = await UploadAsync();

        (await HandleAsync(Read("put", "another-bucket", upload.StagingKey!))).Should().BeEmpty();

        (await GetStatusAsync(upload)).Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Handle_UnreadableMessage_IsTheOnlyFailure()
    {
        var upload = await UploadAsync();
        var recorded = Read("put", upload.Bucket!, upload.StagingKey!);
        foreach (var (id, body) in new[] { ("not-json", "Hello"), ("no-event", "{}"), ("empty", "") })
        {
            var message = recorded["Records"]![0]!.DeepClone();
            (message["messageId"], message["body"]) = (id, body);
            recorded["Records"]!.AsArray().Insert(0, message);
        }

        (await HandleAsync(recorded)).Should().BeEquivalentTo("not-json", "no-event", "empty");

        (await GetStatusAsync(upload)).Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task Handle_StorageUnavailable_HasTheMessageDeliveredAgain()
    {
        var upload = await UploadAsync();
        using var gone = new S3Access("http://127.0.0.1:1", "key", "secret", storage.Region).CreateClient();
        await using var application = new ServiceCollection()
            .AddSingleton<IAmazonS3>(gone)
            .AddSingleton(_application.GetRequiredService<IUploadRecordStore>())
            .AddDirectUploads(options =>
            {
                options.Bucket = storage.Bucket;
                options.AddProfile("photo", photo => photo.ContentTypes.Add("text/plain"));
            }).Services.BuildServiceProvider();
        var recorded = Read("put", upload.Bucket!, upload.StagingKey!);

        (await HandleAsync(recorded, application)).Should().Equal(recorded["Records"]![0]!["messageId"]!.GetValue<string>());

        (await GetStatusAsync(upload)).Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Records":[{"messageId":"1"}]}""")]
    [InlineData("""{"Records":[{"messageId":"1","body":null}]}""")]
    public async Task Handle_EventOfAnotherService_Throws(string request)
    {
        var handle = () => CreateHandler(_application).HandleAsync(new MemoryStream(Encoding.UTF8.GetBytes(request)));

        await handle.Should().ThrowAsync<JsonException>("Lambda then has the whole batch delivered again");
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static JsonNode Read(string recorded, string bucket, string key) => JsonNode.Parse(
        File.ReadAllText(Repository.GetPath("tests", "DirectUpload.Samples.Tests", "Worker", "Events", recorded + ".json"))
            .Replace("BUCKET", bucket, StringComparison.Ordinal).Replace("KEY", key, StringComparison.Ordinal))!;

    private static UploadEventsHandler CreateHandler(IServiceProvider application) =>
        new(application.GetRequiredService<StorageEventProcessor>(), NullLogger<UploadEventsHandler>.Instance);

    /// <returns>The ids of the failed messages.</returns>
    private async Task<IEnumerable<string>> HandleAsync(JsonNode request, IServiceProvider? application = null)
    {
        await using var answer = await CreateHandler(application ?? _application)
            .HandleAsync(new MemoryStream(Encoding.UTF8.GetBytes(request.ToJsonString())));
        return [.. JsonNode.Parse(answer)!["batchItemFailures"]!.AsArray().Select(one => one!["itemIdentifier"]!.GetValue<string>())];
    }

    private async Task<Upload> UploadAsync()
    {
        var granted = await _application.GetRequiredService<IDirectUploadService>().RequestAsync(
            new UploadRequest { Profile = "photo", FileName = "a.txt", ContentType = "text/plain", Size = 5 }, UploadCaller.Anonymous);
        using var content = new StringContent("Hello", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        (await storage.Http.PutAsync(new Uri(granted.Value!.Instructions.Url), content)).EnsureSuccessStatusCode();
        return granted.Value.Upload;
    }

    private async Task<UploadStatus> GetStatusAsync(Upload upload) => (await GetRecordAsync(upload)).Status;

    private async Task<UploadRecord> GetRecordAsync(Upload upload) =>
        (await _application.GetRequiredService<IUploadRecordStore>().FindAsync(upload.Id))!;
}
