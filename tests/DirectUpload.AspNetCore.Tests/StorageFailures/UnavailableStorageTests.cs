using DirectUpload.Stores;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

public sealed class UnavailableStorageTests
{
    private static readonly StorageClient Browser = new(new HttpClient(new SocketsHttpHandler { UseProxy = false }));

    [Fact]
    public async Task Confirm_StorageUnreachable_Returns503AndKeepsTheRecord()
    {
        await using var app = await UploadApp.StartAsync();
        var grant = await app.Client.GrantAsync();
        await ConfirmIsUnavailableAsync(app, grant);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SlowDown")]
    [InlineData(400, "ExpiredToken")]
    [InlineData(429, "TooManyRequests")]
    public async Task Confirm_StorageError_IsNeverAClientError(int status, string code)
    {
        await using var storage = await FakeStorageServer.StartFailingAsync(status, code);
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Confirm_StorageHangs_TimesOut()
    {
        await using var storage = await FakeStorageServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint, TimeSpan.FromMilliseconds(300)), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Confirm_StorageClosesConnections_IsUnavailable()
    {
        await using var storage = await FakeStorageServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Confirm_ServerThatIsNotS3_IsUnavailable()
    {
        await using var storage = await FakeStorageServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 502;
            await context.Response.WriteAsync("<html>Bad gateway</html>");
        });
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Confirm_AfterStorageRestarted_Succeeds()
    {
        await using var storage = await RestartableStorage.CreateAsync();
        using var s3 = TestS3Clients.Create(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);

        await storage.StopAsync();
        await ConfirmIsUnavailableAsync(app, grant);
        await ConfirmIsUnavailableAsync(app, grant);

        await storage.StartAsync();
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData(false, "uploaded")]
    [InlineData(true, "requested")]
    public async Task Confirm_AfterStorageStoppedDuringProcessing_Resumes(bool copiesFirst, string status)
    {
        await using var storage = await RestartableStorage.CreateAsync();
        var isStopped = false;
        await using var front = await FaultInjectingProxy.StartAsync(
            storage.Access.Endpoint, request => isStopped && request.Headers.ContainsKey("x-amz-copy-source"));
        using var s3 = TestS3Clients.Create(storage.Access with { Endpoint = front.Endpoint });
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        if (copiesFirst)
            await app.MakeReadyAsync(Browser);
        isStopped = true;

        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(503, "storage-unavailable");
        isStopped = false;
        (await app.Client.StatusAsync(grant))["status"].Should().Be(status, "nobody is processing it");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData("PUT", "picture/", false)]
    [InlineData("HEAD", "picture/", false)]
    [InlineData("GET", "picture/", false)]
    [InlineData("PUT", "picture/", true)]
    [InlineData("GET", "picture/", true)]
    public async Task Confirm_RequestAbortedAtAnyStep_IsNotUnavailable(string method, string prefix, bool copiesFirst)
    {
        await using var storage = await RestartableStorage.CreateAsync();
        var atTheStep = () => Task.CompletedTask;
        await using var front = await FaultInjectingProxy.StartAsync(storage.Access.Endpoint, async request =>
        {
            if (request.Method == method && request.Path.Value!.StartsWith($"/uploads/{prefix}", StringComparison.Ordinal))
                await Interlocked.Exchange(ref atTheStep, () => Task.CompletedTask)();
            return false;
        });
        using var s3 = TestS3Clients.Create(storage.Access with { Endpoint = front.Endpoint });
        using var direct = TestS3Clients.Create(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);

        if (copiesFirst)
            await app.MakeReadyAsync(Browser, deleted: true);
        atTheStep = async () => (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict")["detail"].Should().Contain("aborted");
        ((await direct.ListObjectsV2Async(new() { BucketName = "uploads" }, TestContext.Current.CancellationToken)).S3Objects ?? [])
            .Should().BeEmpty();
    }

    [Fact]
    public async Task Request_StatusAndContentUrl_NeedNoStorage()
    {
        await using var storage = await RestartableStorage.CreateAsync();
        using var s3 = TestS3Clients.Create(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        await Browser.UploadAsync(grant, TestFiles.Png());
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200);

        await storage.StopAsync();
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
        (await app.Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await app.Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    public async Task Delete_StorageUnavailable_SucceedsAndPurgesLater()
    {
        await using var storage = await RestartableStorage.CreateAsync();
        using var s3 = TestS3Clients.Create(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        await Browser.UploadAsync(grant, TestFiles.Png());
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200);

        await storage.StopAsync();
        (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await app.Client.StatusAsync(grant))["status"].Should().Be("deleted");
        (await app.RecordAsync(grant.Id)).NextActionAt.Should().BeOnOrBefore(DateTimeOffset.UtcNow, "the worker is to remove them");
    }

    private static async Task ConfirmIsUnavailableAsync(UploadApp app, Grant grant)
    {
        var before = await app.RecordAsync(grant.Id);
        var answer = await app.Client.ConfirmAsync(grant);
        answer.ShouldBeProblem(503, "storage-unavailable");
        int.Parse(answer.Header("retry-after")!).Should().BeInRange(1, 60);
        answer.Text.Should().NotContain("Amazon").And.NotContain("127.0.0.1").And.NotContain("Exception");
        (await app.RecordAsync(grant.Id)).Should().BeSameAs(before).And.Match<UploadRecord>(r => r.Status == UploadStatus.Requested);
        (await app.Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("requested");
    }
}
