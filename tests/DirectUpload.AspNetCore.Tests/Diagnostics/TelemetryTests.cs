using DirectUpload.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Diagnostics;

/// <summary>One host through everything that can happen to it, while everything that it emits is read.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string EventSecret = "correct-horse-battery-staple";
    private static readonly string WebhookKey = WebhookSecret.Create();

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly LocalS3Fixture _s3 = new();
    private readonly CapturedTelemetry _emitted = new();
    private readonly List<string> _secrets =
    [
        EventSecret, WebhookKey, WebhookKey[6..], "X-Amz-Signature", "X-Amz-Credential", "AWS4-HMAC", "policy=",
    ];
    private readonly string _profile = $"p{Guid.NewGuid():N}";
    private UploadApp? _app;

    private UploadClient Client => _app!.Client;

    private UploadWorker Worker => _app!.Services.GetRequiredService<UploadWorker>();

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        _app = await UploadApp.StartAsync(_s3.S3, _s3.Bucket, new TestHostOptions
        {
            Uploads = options => options
                .AddProfile(_profile, profile =>
                {
                    profile.ContentTypes.Add("image/png");
                    profile.MultipartThreshold = 5 * 1024 * 1024;
                    profile.MaxSize = 20_000_000;
                })
                .AddProfile(_profile + "-worked", profile =>
                {
                    profile.ContentTypes.Add("image/png");
                    profile.AddProcessor<UnavailableProcessor>();
                })
                .MaxAttempts = 2,
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                services.AddLogging(logging => logging.AddProvider(_emitted).SetMinimumLevel(LogLevel.Trace));
                services.AddHealthChecks().AddDirectUploads();
                services.AddDirectUploads()
                    .AddEventHandler<EmptyEventHandler>()
                    .AddEventHandler<FailingEventHandler>()
                    .AddWebhook(hook =>
                    {
                        hook.Url = new Uri("http://127.0.0.1:1/hook/secret-path");
                        hook.Secrets.Add(WebhookKey);
                    });
            },
            Map = app =>
            {
                app.MapDirectUploads("/uploads").AllowAnonymous();
                app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
                app.MapStorageEvents("/storage-events", o => o.Secret = EventSecret);
                app.MapHealthChecks("/health");
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _s3.DisposeAsync();
        _emitted.Dispose();
    }

    [Fact]
    public async Task Telemetry_OfTheWholeFlow_IsCountedAndHasNoSecrets()
    {
        await LiveAsync();
        _emitted.Observe();

        var lines = _emitted.Lines.ToArray();
        lines.Should().HaveCountGreaterThan(500, "it is all read");
        foreach (var secret in _secrets.Distinct())
            lines.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).Take(1)
                .Should().BeEmpty("{0} is nobody's business", secret);
        lines.Where(line => IsOurs(line) && line.Contains("://", StringComparison.Ordinal)).Take(1)
            .Should().BeEmpty("no address is written by us");

        var measured = _emitted.Measurements;
        measured[$"directupload.requests granted {_profile}"].Should().Be(6);
        measured[$"directupload.requests too-large {_profile}"].Should().Be(1);
        measured[$"directupload.grants Put {_profile}"].Should().Be(5);
        measured[$"directupload.grants Multipart {_profile}"].Should().Be(1);
        measured[$"directupload.confirms {_profile} client"].Should().Be(2);
        measured[$"directupload.confirms {_profile} event"].Should().Be(1);
        measured[$"directupload.confirms {_profile} worker"].Should().Be(1);
        measured[$"directupload.uploads.completed {_profile} ready"].Should().Be(3);
        measured[$"directupload.uploads.completed {_profile} rejected"].Should().Be(1);
        measured[$"directupload.uploads.completed {_profile} aborted"].Should().Be(1);
        measured[$"directupload.uploads.completed {_profile} deleted"].Should().Be(1);
        measured[$"directupload.uploads.completed {_profile} expired"].Should().Be(1);
        measured[$"directupload.uploads.completed {_profile}-worked failed"].Should().Be(1);
        measured[$"directupload.retries failure {_profile}-worked"].Should().Be(1);
        measured[$"directupload.bytes {_profile}"].Should().Be(3000);
        measured.Keys.Should().Contain(
            key => key.StartsWith($"directupload.processing.duration ready {_profile}", StringComparison.Ordinal));
        measured.Keys.Should().Contain(key => key.StartsWith("directupload.event_handler.calls", StringComparison.Ordinal)
            && key.EndsWith("failed", StringComparison.Ordinal));
        foreach (var activity in new[] { "Request", "Confirm", "Process", "Notify" })
            lines.Should().Contain(line => line.StartsWith($"activity DirectUpload DirectUpload.{activity} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_EventIds_AreUnique()
    {
        await LiveAsync();

        var ids = _emitted.Lines.Where(line => line.StartsWith("log DirectUpload", StringComparison.Ordinal))
            .Select(line => line.Split(' ')).Select(words => (Category: words[1], Id: words[2])).Distinct().ToArray();

        ids.Should().HaveCountGreaterThan(5);
        ids.Should().NotContain(it => it.Id == "0");
    }

    private async Task LiveAsync()
    {
        var ready = await GrantAsync();
        await SendAsync(ready, TestFiles.Png());
        (await Client.ConfirmAsync(ready)).ShouldBe(200);
        (await Client.StatusAsync(ready)).ShouldBe(200);
        (await Client.ContentAsync(ready)).ShouldBe(302);
        using (await _app!.Http.GetAsync($"/uploads/{ready.Id}/events"))
        {
            // Without a token: refused, and logged by the host.
        }

        (await Client.SendAsync(HttpMethod.Get, $"/{ready.Id}/events", ready.ReadToken)).ShouldBe(200);
        (await Client.DeleteAsync(ready)).ShouldBe(204);

        var rejected = await GrantAsync();
        await SendAsync(rejected, TestFiles.Executable());
        (await Client.ConfirmAsync(rejected)).ShouldBeProblem(422, "mismatch");

        var told = await GrantAsync();
        await SendAsync(told, TestFiles.Png());
        await TellAsync(told);
        var aborted = await GrantAsync();
        (await Client.SendAsync(HttpMethod.Post, $"/{aborted.Id}/renew", aborted.WriteToken)).ShouldBe(200);
        (await Client.DeleteAsync(aborted)).ShouldBe(204);

        var parts = await GrantAsync(Wanted() with { Size = 6_000_000 });
        (await Client.SendAsync(
            HttpMethod.Post, $"/{parts.Id}/parts", parts.WriteToken,
            System.Net.Http.Json.JsonContent.Create(new { partNumbers = new[] { 1 } }))).ShouldBe(200);
        (await Client.ConfirmAsync(parts)).ShouldBeProblem(409, "not-uploaded");
        var unconfirmed = await GrantAsync();
        await SendAsync(unconfirmed, TestFiles.Png());

        (await Client.RequestAsync(Wanted() with { Size = 30_000_000 })).ShouldBeProblem(413, "too-large");
        (await Client.RequestAsync(Wanted() with { Profile = "unknown" })).ShouldBeProblem(400, "unknown-profile");
        (await Client.ConfirmAsync(ready.Id, UploadToken.Create().Value)).ShouldBeProblem(404, "not-found");

        var worked = await GrantAsync(Wanted() with { Profile = _profile + "-worked" });
        await SendAsync(worked, TestFiles.Png());
        (await Client.ConfirmAsync(worked)).ShouldBe(202);
        var form = await _app.ClientOf("/uppy").SendAsync(HttpMethod.Get, "/s3/params?filename=a.png&type=image/png");
        _secrets.Add(form.Json.GetProperty("fields").GetProperty("x-amz-signature").GetString()!);
        (await _app.Http.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.OK);

        for (var minutes = 0; minutes < 180; minutes += 10)
        {
            await Worker.RunOnceAsync(TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private TestUploadRequest Wanted() => new() { Profile = _profile };

    private async Task<Grant> GrantAsync(TestUploadRequest? wanted = null)
    {
        var grant = await Client.GrantAsync(wanted ?? Wanted());
        _secrets.AddRange([grant.WriteToken, grant.ReadToken]);
        return grant;
    }

    private async Task SendAsync(Grant grant, byte[] bytes) => (await new StorageClient(_s3.Http).UploadAsync(grant, bytes)).ShouldBe(200);

    private async Task TellAsync(Grant grant)
    {
        var record = await _app!.RecordAsync(grant.Id);
        var message = System.Text.Json.JsonSerializer.Serialize(
            new
            {
                Records = new[]
                {
                    new
                    {
                        eventName = "ObjectCreated:Put",
                        s3 = new { bucket = new { name = record.Bucket }, @object = new { key = record.StagingKey } },
                    },
                },
            });
        foreach (var secret in new[] { EventSecret, "wrong-secret-wrong-secret" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events") { Content = new StringContent(message) };
            request.Headers.Authorization = new("Bearer", secret);
            using var answer = await _app.Http.SendAsync(request);
        }
    }

    // The framework writes the addresses that the host itself was asked at, which hold no secret unless the client puts one there.
    private static bool IsOurs(string line) =>
        line.StartsWith("log DirectUpload", StringComparison.Ordinal) || line.StartsWith("activity DirectUpload", StringComparison.Ordinal)
        || line.StartsWith("exception", StringComparison.Ordinal) || line.StartsWith("measurement", StringComparison.Ordinal);

    private sealed class UnavailableProcessor : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("It can't be done.");
    }

    private sealed class EmptyEventHandler : IUploadEventHandler;

    private sealed class FailingEventHandler : IUploadEventHandler
    {
        public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => throw new InvalidOperationException("Not today.");
    }
}
