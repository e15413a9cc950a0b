using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Tests.Outages;

public sealed class Storage_that_fails_is_never_a_rejection
{
    private static readonly Browser Browser = new(new HttpClient(new SocketsHttpHandler { UseProxy = false }));

    [Fact]
    public async Task While_nothing_listens_confirm_says_so_and_the_record_is_untouched()
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
    public async Task What_storage_answers_the_application_is_never_the_clients_fault(int status, string code)
    {
        await using var storage = await FaultyStorage.RefusingAsync(status, code);
        await using var app = await UploadApp.StartAsync(S3Clients.For(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Storage_that_hangs_is_given_up_after_the_clients_timeout()
    {
        await using var storage = await FaultyStorage.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var app = await UploadApp.StartAsync(S3Clients.For(storage.Endpoint, TimeSpan.FromMilliseconds(300)), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Storage_that_hangs_up_is_an_outage()
    {
        await using var storage = await FaultyStorage.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var app = await UploadApp.StartAsync(S3Clients.For(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Storage_that_is_no_S3_is_an_outage()
    {
        await using var storage = await FaultyStorage.StartAsync(async context =>
        {
            context.Response.StatusCode = 502;
            await context.Response.WriteAsync("<html>Bad gateway</html>");
        });
        await using var app = await UploadApp.StartAsync(S3Clients.For(storage.Endpoint), "uploads");
        await ConfirmIsUnavailableAsync(app, await app.Client.GrantAsync());
    }

    [Fact]
    public async Task Stopped_during_its_life_and_started_again_it_is_confirmed_as_if_nothing_had_been()
    {
        await using var storage = await StorageThatStops.StartedAsync();
        using var s3 = S3Clients.For(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, Bytes.Png())).ShouldBe(200);

        await storage.StopAsync();
        await ConfirmIsUnavailableAsync(app, grant);
        await ConfirmIsUnavailableAsync(app, grant);

        await storage.StartAsync();
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Fact]
    public async Task Stopped_in_the_middle_of_processing_it_is_carried_on_by_the_next_confirm()
    {
        await using var storage = await StorageThatStops.StartedAsync();
        var copies = 0;
        await using var front = await Front.StartAsync(
            storage.Access.Endpoint, request => request.Headers.ContainsKey("x-amz-copy-source") && Interlocked.Increment(ref copies) == 1);
        using var s3 = S3Clients.For(storage.Access with { Endpoint = front.Endpoint });
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, Bytes.Png())).ShouldBe(200);

        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(503, "storage-unavailable");
        (await app.Client.StatusAsync(grant))["status"].Should().Be("uploaded", "it was verified, and nobody is processing it");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [InlineData("PUT", "picture/")]
    [InlineData("HEAD", "picture/")]
    [InlineData("GET", "picture/")]
    public async Task Aborted_in_the_middle_of_any_step_confirm_says_so_and_calls_it_no_outage(string method, string prefix)
    {
        await using var storage = await StorageThatStops.StartedAsync();
        var atTheStep = () => Task.CompletedTask;
        await using var front = await Front.StartAsync(storage.Access.Endpoint, async request =>
        {
            if (request.Method == method && request.Path.Value!.StartsWith($"/uploads/{prefix}", StringComparison.Ordinal))
                await Interlocked.Exchange(ref atTheStep, () => Task.CompletedTask)();
            return false;
        });
        using var s3 = S3Clients.For(storage.Access with { Endpoint = front.Endpoint });
        using var direct = S3Clients.For(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        (await Browser.UploadAsync(grant, Bytes.Png())).ShouldBe(200);

        atTheStep = async () => (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict")["detail"].Should().Contain("aborted");
        ((await direct.ListObjectsV2Async(new() { BucketName = "uploads" }, TestContext.Current.CancellationToken)).S3Objects ?? []).Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_status_and_content_addresses_need_no_storage()
    {
        await using var storage = await StorageThatStops.StartedAsync();
        using var s3 = S3Clients.For(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        await Browser.UploadAsync(grant, Bytes.Png());
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200);

        await storage.StopAsync();
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBe(201);
        (await app.Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await app.Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    public async Task Deleting_while_storage_is_down_is_done_at_once_and_its_objects_stay_due()
    {
        await using var storage = await StorageThatStops.StartedAsync();
        using var s3 = S3Clients.For(storage.Access);
        await using var app = await UploadApp.StartAsync(s3, "uploads");
        var grant = await app.Client.GrantAsync();
        await Browser.UploadAsync(grant, Bytes.Png());
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200);

        await storage.StopAsync();
        (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await app.Client.StatusAsync(grant))["status"].Should().Be("deleted");
        (await app.RecordAsync(grant.Id)).DueAt.Should().BeOnOrBefore(DateTimeOffset.UtcNow, "the worker is to remove them");
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
