using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Webhooks;

/// <summary>From an upload to the application's own endpoint, over a real connection, checked there by the verifier.</summary>
public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private static readonly string Secret = WebhookSecret.Create();

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly LocalS3Fixture _s3 = new();
    private readonly ConcurrentQueue<(string Id, ApiResponse Message, bool Genuine)> _received = [];
    private Func<int, int> _answers = _ => 200;
    private UploadApp? _receiver;
    private UploadApp? _app;

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        var verifier = new WebhookVerifier(Secret, _clock);
        _receiver = await UploadApp.StartAsync(new TestHostOptions
        {
            Map = app => app.MapPost("/hook", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                var genuine = verifier.Verify(context.Request.Headers, body.ToArray());
                _received.Enqueue((context.Request.Headers["webhook-id"].ToString(),
                    new ApiResponse(HttpStatusCode.OK, new Dictionary<string, string>(), body.ToArray()), genuine));
                return Results.StatusCode(_answers(_received.Count));
            }),
        });
        _app = await UploadApp.StartAsync(_s3.S3, _s3.Bucket, new TestHostOptions
        {
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                services.Configure<DirectUploadOptions>(options => options.Profiles["picture"].ClientsMayAssociate = true);
                services.AddDirectUploads().AddWebhook(hook =>
                {
                    hook.Url = new Uri(_receiver.Http.BaseAddress!, "/hook");
                    hook.Secrets.Add(WebhookSecret.Create());
                    hook.Secrets.Add(Secret);
                });
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _receiver!.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Fact]
    public async Task Delivery_EachStatusChange_IsSignedAndHasNoTokenOrUrl()
    {
        var grant = await ReadyAsync(new() { Association = new { type = "invoice", id = "42" }, Metadata = new { note = "mine" } });

        await WorkAsync();

        _received.Select(it => it.Message["type"]).Should().Equal("upload.confirmed", "upload.ready");
        _received.Should().OnlyContain(it => it.Genuine);
        var ready = _received.Last().Message;
        var data = ready.Json.GetProperty("data");
        data.GetProperty("id").GetString().Should().Be(grant.Id);
        data.GetProperty("status").GetString().Should().Be("ready");
        data.GetProperty("key").GetString().Should().Be((await _app!.RecordAsync(grant.Id)).FinalKey);
        data.GetProperty("association").GetProperty("id").GetString().Should().Be("42");
        data.GetProperty("metadata").GetProperty("note").GetString().Should().Be("mine");
        foreach (var (_, message, _) in _received)
            message.Text.Should().NotContain(grant.ReadToken).And.NotContain(grant.WriteToken).And.NotContain("http")
                .And.NotContain("Signature");
    }

    [Fact]
    public async Task Delivery_Failed_IsRetriedWithTheSameId()
    {
        _answers = count => count switch { 1 => 500, 2 => 404, 3 => 302, _ => 204 };
        await ReadyAsync();

        for (var minutes = 0; minutes < 60; minutes++)
            await WorkAsync(TimeSpan.FromMinutes(1));

        _received.Select(it => it.Message["type"])
            .Should().Equal("upload.confirmed", "upload.confirmed", "upload.confirmed", "upload.confirmed", "upload.ready");
        _received.Take(4).Select(it => it.Id).Distinct().Should().HaveCount(1);
        _received.Select(it => it.Id).Distinct().Should().HaveCount(2);
        _received.Should().OnlyContain(it => it.Genuine, "each try is signed with its own time");
    }

    [Fact]
    public async Task Delivery_OfARejection_ContainsTheReason()
    {
        var grant = await _app!.Client.GrantAsync();
        await new StorageClient(_s3.Http).UploadAsync(grant, TestFiles.Executable());
        await _app.Client.ConfirmAsync(grant);

        await WorkAsync();

        var rejected = _received.Last().Message;
        rejected["type"].Should().Be("upload.rejected");
        rejected.Json.GetProperty("data").GetProperty("error").GetProperty("code").GetString().Should().NotBeEmpty();
        rejected.Json.GetProperty("data").TryGetProperty("key", out _).Should().BeFalse("there is no object");
    }

    private async Task<Grant> ReadyAsync(TestUploadRequest? wanted = null)
    {
        var grant = await _app!.Client.GrantAsync(wanted);
        await new StorageClient(_s3.Http).UploadAsync(grant, TestFiles.Png());
        (await _app.Client.ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    private async Task WorkAsync(TimeSpan later = default)
    {
        _clock.Advance(later);
        await _app!.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
    }
}
