using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What a client hears of its upload while it waits, from whichever instance.</summary>
public sealed class ServerSentEventTests : IAsyncLifetime
{
    private readonly IUploadRecordStore _store = new ServiceCollection().AddDirectUploads(it => it.Bucket = "uploads")
        .UseInMemoryStore().Services.BuildServiceProvider().GetRequiredService<IUploadRecordStore>();
    private readonly LocalS3Fixture _s3 = new();
    private UploadApp? _here;
    private UploadApp? _there;

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        _here = await StartAsync();
        _there = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _here!.DisposeAsync();
        await _there!.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_StatusChangesOfAnyInstance_AreSent(bool here)
    {
        var grant = await UploadedAsync();
        await using var stream = await OpenAsync(grant);
        (await stream.NextAsync())!["status"].Should().Be("requested");

        (await (here ? _here! : _there!).Client.ConfirmAsync(grant)).ShouldBe(200);

        (await stream.RestAsync()).Select(told => told["status"]).Should().Equal("uploaded", "processing", "ready");
    }

    [Fact]
    public async Task Stream_Events_AreStatusObjectsWithAContentUrlAtTheEnd()
    {
        var grant = await UploadedAsync();
        await _here!.Client.ConfirmAsync(grant);
        await using var stream = await OpenAsync(grant);

        var told = (await stream.RestAsync()).Single();

        told.Json.GetRawText().Should().Be((await _here.Client.StatusAsync(grant)).Text);
        told["contentUrl"].Should().Be($"/uploads/{grant.Id}/content");
    }

    [Fact]
    public async Task Reconnect_ToAnotherInstance_SendsMissedEventsOnly()
    {
        var grant = await UploadedAsync();
        await using var first = await OpenAsync(grant);
        var requested = (await first.NextAsync())!;
        await _there!.Client.ConfirmAsync(grant);

        await using var second = await OpenAsync(grant, _there, requested.Id);
        var missed = await second.RestAsync();
        await using var third = await OpenAsync(grant, _here, missed[1].Id);

        missed.Select(told => told["status"]).Should().Equal("uploaded", "processing", "ready");
        (await third.RestAsync()).Select(told => told["status"]).Should().Equal("ready");
        missed[0].Json.TryGetProperty("contentUrl", out _).Should().BeFalse("it had none then");
    }

    [Fact]
    public async Task Reconnect_AfterTheLastEvent_Returns204()
    {
        var grant = await UploadedAsync();
        await _here!.Client.ConfirmAsync(grant);
        await using var stream = await OpenAsync(grant);
        var end = (await stream.RestAsync()).Last();

        using var response = await SendAsync(grant, _there!, end.Id);

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("nonsense")]
    public async Task Reconnect_UnknownEventId_StartsFromTheBeginning(string id)
    {
        var grant = await UploadedAsync();
        await _here!.Client.ConfirmAsync(grant);
        await using var stream = await OpenAsync(grant, last: id);

        (await stream.RestAsync()).Select(told => told["status"]).Should().Equal("ready");
    }

    [Fact]
    public async Task Stream_Rejection_ContainsItsReason()
    {
        var grant = await UploadedAsync(TestFiles.Executable());
        await using var stream = await OpenAsync(grant);
        await stream.NextAsync();
        await _there!.Client.ConfirmAsync(grant);

        var end = (await stream.RestAsync()).Last();

        end["status"].Should().Be("rejected");
        end.Json.GetProperty("error").GetProperty("code").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Stream_TokenInTheQuery_IsAcceptedAndRequired()
    {
        var grant = await UploadedAsync();
        await _here!.Client.ConfirmAsync(grant);

        using var byQuery = await _here.Http.GetAsync(
            $"/uploads/{grant.Id}/events?token={grant.ReadToken}", TestContext.Current.CancellationToken);
        byQuery.StatusCode.Should().Be(HttpStatusCode.OK);
        byQuery.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        byQuery.Headers.CacheControl!.NoStore.Should().BeTrue();
        byQuery.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        (await _here.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/events")).ShouldBeProblem(401, "token-missing");
        (await _here.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/events", UploadToken.Create().Value)).ShouldBeProblem(404, "not-found");
        (await _here.Client.SendAsync(HttpMethod.Get, $"/{UploadId.Create(DateTimeOffset.UtcNow)}/events", grant.ReadToken))
            .ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Stop_WithOpenStreams_DoesNotWait()
    {
        var grant = await UploadedAsync();
        var app = await StartAsync();
        await using var stream = await OpenAsync(grant, app);
        await stream.NextAsync();

        var stopping = System.Diagnostics.Stopwatch.StartNew();
        await app.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHost>().StopAsync(TestContext.Current.CancellationToken);

        stopping.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "the host's own patience is 30 seconds");
        await app.DisposeAsync();
    }

    private Task<UploadApp> StartAsync() =>
        UploadApp.StartAsync(_s3.S3, _s3.Bucket, new() { Services = services => services.Replace(ServiceDescriptor.Singleton(_store)) });

    private async Task<Grant> UploadedAsync(byte[]? bytes = null)
    {
        var grant = await _here!.Client.GrantAsync();
        (await new StorageClient(_s3.Http).UploadAsync(grant, bytes ?? TestFiles.Png())).ShouldBe(200);
        return grant;
    }

    private async Task<EventReader> OpenAsync(Grant grant, UploadApp? app = null, string? last = null)
    {
        return await EventReader.OpenAsync(await SendAsync(grant, app ?? _here!, last));
    }

    private static Task<HttpResponseMessage> SendAsync(Grant grant, UploadApp app, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/uploads/{grant.Id}/events");
        request.Headers.Add("Upload-Token", grant.ReadToken);
        if (last is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        return app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
