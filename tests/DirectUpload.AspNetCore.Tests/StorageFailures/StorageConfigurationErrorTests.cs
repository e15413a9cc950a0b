using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>What storage refuses until the application's operator corrects something, on a real host.</summary>
public sealed class StorageConfigurationErrorTests : IAsyncLifetime
{
    private static readonly StorageClient Browser = new(new HttpClient(new SocketsHttpHandler { UseProxy = false }));

    private readonly CapturedLog _log = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RestartableStorage? _storage;

    private S3Access Access => _storage!.Access;

    public async ValueTask InitializeAsync() => _storage = await RestartableStorage.CreateAsync();

    public ValueTask DisposeAsync() => _storage!.DisposeAsync();

    [Fact]
    public async Task Confirm_MissingBucket_NamesTheRemedy()
    {
        using var s3 = TestS3Clients.Create(Access);
        await using var app = await UploadApp.StartAsync(s3, "upload", Choices());
        var grant = await app.Client.GrantAsync();

        var answer = await app.Client.ConfirmAsync(grant);

        answer.ShouldBeProblem(503, "storage-misconfigured").Header("retry-after").Should().Be("60");
        answer.Text.Should().NotContain("Amazon").And.NotContain("\"upload\"").And.NotContain("NoSuchBucket");
        (await app.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested, "nothing was concluded");
        _log.Errors.Should().ContainSingle().Which.Should().Contain("\"upload\" does not exist").And.Contain("DirectUploads:Bucket");
        (await ReportAsync(app)).Should().Match<HealthReportEntry>(
            it => it.Status == HealthStatus.Unhealthy && it.Description!.Contains("DirectUploads:Bucket"));

        // Nothing was lost: with the bucket there, the same upload goes on.
        await s3.PutBucketAsync("upload", TestContext.Current.CancellationToken);
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        _clock.Advance(TimeSpan.FromMinutes(1));
        for (var tries = 0; tries < 100 && (await app.Client.ConfirmAsync(grant)).Code == 503; tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Confirm_RefusedCopy_KeepsUploadUntilCorrected()
    {
        var refuses = true;
        await using var front = await FakeStorageServer.StartAsync(
            FaultInjectingProxy.ForwardUnlessAnswered(Access.Endpoint, async context =>
            {
                if (!refuses || !context.Request.Headers.ContainsKey("x-amz-copy-source"))
                    return false;
                context.Response.StatusCode = 400;
                context.Response.ContentType = "application/xml";
                await context.Response.WriteAsync(
                    "<Error><Code>AccessControlListNotSupported</Code><Message>The bucket does not allow ACLs</Message></Error>");
                return true;
            }));
        using var s3 = TestS3Clients.Create(Access with { Endpoint = front.Endpoint });
        await using var app = await UploadApp.StartAsync(s3, "uploads", Choices());
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);

        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(503, "storage-misconfigured");
        (await ReportAsync(app)).Should().Match<HealthReportEntry>(
            it => it.Status == HealthStatus.Unhealthy && it.Description!.Contains("remove ObjectSettings.Acl"));
        for (var hour = 0; hour < 12; hour++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            await app.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        }

        (await app.RecordAsync(grant.Id))
            .Should().Match<UploadRecord>(it => it.Status == UploadStatus.Uploaded && it.FailedAttempts == 0 && it.Attempts > 10);
        _log.Errors.Should().AllSatisfy(
            line => line.Should().Contain("CopyObject").And.Contain("bucket uploads").And.Contain("ObjectSettings.Acl"));
        _log.Errors.Count().Should().BeInRange(1, 13, "once for each kind and minute");

        refuses = false;
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(403, "RequestTimeTooSkewed")]
    [InlineData(403, "SignatureDoesNotMatch")]
    [InlineData(301, "PermanentRedirect")]
    [InlineData(400, "InvalidArgument")]
    [InlineData(501, "NotImplemented")]
    [InlineData(405, "MethodNotAllowed")]
    public async Task EveryEndpoint_StorageRefuses_IsAConfigurationError(int status, string code)
    {
        await using var storage = await FakeStorageServer.StartFailingAsync(status, code);
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint), "uploads", Choices());
        var grant = await app.Client.GrantAsync();
        var uppy = app.ClientOf("/uppy");

        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(503, "storage-misconfigured").Header("retry-after").Should().Be("60");
        (await app.Client.RequestAsync(new TestUploadRequest
        {
            Profile = "film",
            ContentType = "video/mp4",
            Size = 6_000_000,
            Method = "multipart",
        })).ShouldBeProblem(503, "storage-misconfigured");
        var created = await uppy.SendAsync(
            HttpMethod.Post, "/s3/multipart", null,
            new StringContent("""{"filename":"a.png","type":"image/png"}""", null, "application/json"));
        created.ShouldBe(503).Text.Should().Contain("operator");
        (await app.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
        _log.Errors.Should().OnlyHaveUniqueItems().And.NotBeEmpty();
    }

    [Fact]
    public async Task Complete_PartsTooSmall_IsAClientError()
    {
        using var s3 = TestS3Clients.Create(Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads", Choices());
        var uppy = app.ClientOf("/uppy");
        var created = (await uppy.SendAsync(
            HttpMethod.Post, "/s3/multipart", null,
            new StringContent("""{"filename":"a.png","type":"image/png"}""", null, "application/json"))).ShouldBe(200);
        var path = $"/s3/multipart/{created["uploadId"]}";
        var urls = (await uppy.SendAsync(HttpMethod.Get, $"{path}/batch?key={created["key"]}&partNumbers=1,2")).ShouldBe(200).Json
            .GetProperty("presignedUrls");
        var eTags = new List<string>();
        foreach (var number in new[] { "1", "2" })
            eTags.Add((await Browser.PutAsync(urls.GetProperty(number).GetString()!, [], TestFiles.Png()))
                .ShouldBe(200).Header("etag")!.Trim('"'));

        var body = $$"""{"parts":[{"PartNumber":1,"ETag":"{{eTags[0]}}"},{"PartNumber":2,"ETag":"{{eTags[1]}}"}]}""";
        var completed = await uppy.SendAsync(
            HttpMethod.Post, $"{path}/complete?key={created["key"]}", null, new StringContent(body, null, "application/json"));

        completed.ShouldBe(400).Text.Should().Contain("Part 1 has 1000 bytes");
        _log.Errors.Should().BeEmpty();
        (await ReportAsync(app)).Status.Should().Be(HealthStatus.Healthy, "no client can make it otherwise");
    }

    [Fact]
    public async Task Request_SdkWithoutCredentials_IsAConfigurationError()
    {
        using var s3 = new AmazonS3Client(
            new NoCredentials(), new AmazonS3Config { ServiceURL = Access.Endpoint, ForcePathStyle = true, MaxErrorRetry = 0 });
        await using var app = await UploadApp.StartAsync(s3, "uploads", Choices());

        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(503, "storage-misconfigured");

        _log.Errors.Should().ContainSingle().Which.Should().Contain("credentials");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_MissingBucket_IsLoggedOnceWithARemedy(bool exists)
    {
        using var s3 = TestS3Clients.Create(Access);
        await using var app = await UploadApp.StartAsync(
            s3, exists ? "uploads" : "upload", Choices(options => options.CheckStorageOnStart = true));

        if (exists)
        {
            await _log.UntilAsync(line => line.Contains("Storage check at start succeeded", StringComparison.Ordinal));
            _log.Errors.Should().BeEmpty();
        }
        else
        {
            await _log.UntilAsync(line => line.Contains("DirectUploads:Bucket", StringComparison.Ordinal));
            _log.Errors.Should().ContainSingle();
        }
    }

    [Fact]
    public async Task Start_StorageHangs_IsNotDelayed()
    {
        await using var proxy = new HangingProxy(Access.Endpoint);
        proxy.HangAll();
        using var s3 = TestS3Clients.Create(Access with { Endpoint = proxy.Endpoint }, Timeout.InfiniteTimeSpan);

        await using var app = await UploadApp.StartAsync(
            s3, "uploads", Choices(options => (options.CheckStorageOnStart, options.StorageTimeout) = (true, TimeSpan.FromSeconds(1))));

        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
        await _log.UntilAsync(line =>
            line.Contains("Storage check at start failed for bucket uploads: Storage did not answer HeadObject", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_Production_ChecksNothing()
    {
        await using var app = await UploadApp.StartAsync(TestS3Clients.CreateUnreachable(), "uploads", Choices());
        await Task.Delay(500, TestContext.Current.CancellationToken);
        _log.Lines.Should().NotContain(line => line.Contains("Storage check", StringComparison.Ordinal));
    }

    private TestHostOptions Choices(Action<DirectUploadOptions>? uploads = null) => new()
    {
        Uploads = options =>
        {
            options.BrowserOrigins = [];
            uploads?.Invoke(options);
        },
        Services = services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<ILoggerProvider>(_log);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug));
            services.AddHealthChecks().AddDirectUploads();
        },
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
        },
    };

    private static async Task<HealthReportEntry> ReportAsync(UploadApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["directupload"];

    private sealed class NoCredentials : Amazon.Runtime.AWSCredentials
    {
        public override Amazon.Runtime.ImmutableCredentials GetCredentials() =>
            throw new Amazon.Runtime.AmazonClientException("Failed to resolve AWS credentials.");
    }
}
