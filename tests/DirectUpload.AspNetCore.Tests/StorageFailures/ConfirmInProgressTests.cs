namespace DirectUpload.AspNetCore.Tests.StorageFailures;

public sealed class ConfirmInProgressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirm_StillProcessing_Returns202AndLaterTheResult(bool copiesFirst)
    {
        await using var storage = await RestartableStorage.CreateAsync();
        TaskCompletionSource copying = new(), goOn = new();
        var waits = false;
        await using var front = await FaultInjectingProxy.StartAsync(storage.Access.Endpoint, async request =>
        {
            if (waits && request.Headers.ContainsKey("x-amz-copy-source"))
            {
                copying.TrySetResult();
                await goOn.Task;
            }

            return false;
        });
        using var s3 = TestS3Clients.Create(storage.Access with { Endpoint = front.Endpoint });
        await using var app = await UploadApp.StartAsync(
            s3, "uploads", new TestHostOptions { Uploads = options => options.ConcurrentConfirmTimeout = TimeSpan.FromMilliseconds(50) });
        var grant = await app.Client.GrantAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await new StorageClient(http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);

        if (copiesFirst)
            await app.MakeReadyAsync(new StorageClient(http));
        waits = true;
        var first = app.Client.ConfirmAsync(grant);
        await copying.Task;
        var second = await app.Client.ConfirmAsync(grant);
        second.ShouldBe(202)["status"].Should().Be("processing");
        int.Parse(second.Header("retry-after")!).Should().BeInRange(1, 10);
        second.Json.TryGetProperty("contentUrl", out _).Should().BeFalse();
        (await app.Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict");

        goOn.SetResult();
        (await first).ShouldBe(200)["status"].Should().Be("ready");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200).Text.Should().Be((await first).Text);
    }
}
