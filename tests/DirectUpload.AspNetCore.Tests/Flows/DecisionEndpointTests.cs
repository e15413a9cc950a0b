using System.Text;
using System.Text.Json;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Decisions that a service outside signs and posts.</summary>
public sealed class DecisionEndpointTests : IAsyncLifetime
{
    private const string Moderation = "moderation";

    private static readonly string Secret = WebhookSecret.Create();
    private static readonly string NextSecret = WebhookSecret.Create();
    private readonly LocalS3Fixture _s3 = new();
    private UploadApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        _app = await UploadApp.StartAsync(_s3.S3, _s3.Bucket, new()
        {
            Uploads = options => options.Profiles["picture"].AddProcessor<Moderator>(Moderation),
            Map = app =>
            {
                app.MapDirectUploads("/uploads").AllowAnonymous();
                app.MapUploadDecisions("/decisions/moderation", Moderation, Secret, NextSecret);
                app.MapUploadDecisions("/decisions/other", "other", Secret);
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_Accept_MakesTheUploadReady(bool isNextSecret)
    {
        var grant = await WaitAsync();

        using var response = await PostAsync(Accept(grant.Id), isNextSecret ? NextSecret : Secret);
        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await _app.Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict");
        await RunWorkerAsync();

        (await _app.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
        using var again = await PostAsync(Accept(grant.Id));
        again.StatusCode.Should().Be(HttpStatusCode.NoContent);
        using var contradiction = await PostAsync(Reject(grant.Id));
        (await ApiResponse.FromAsync(contradiction)).ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task Post_Reject_ShowsTheClientTheReason()
    {
        var grant = await WaitAsync();

        using var response = await PostAsync(Reject(grant.Id));
        await RunWorkerAsync();

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var shown = (await _app.Client.StatusAsync(grant)).Json;
        var error = shown.GetProperty("error");
        (shown.GetProperty("status").GetString(), error.GetProperty("code").GetString(), error.GetProperty("detail").GetString())
            .Should().Be(("rejected", "nudity", "This picture is not allowed."));
    }

    [Fact]
    public async Task Post_NamesWhoDecides_TheRecordKeepsIt()
    {
        var grant = await WaitAsync();

        using var response = await PostAsync(JsonSerializer.Serialize(
            new { uploadId = grant.Id, decision = "accept", decidedBy = "grace\u0000" + new string('x', 300) }));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await _app.RecordAsync(grant.Id)).Decisions.Single().DecidedBy.Should().Be("grace\uFFFD" + new string('x', 194));
        System.Text.Encoding.UTF8.GetString((await _app.Client.StatusAsync(grant)).Body).Should().NotContain("grace");
    }

    [Fact]
    public async Task Post_Forged_IsRefusedAndChangesNothing()
    {
        var grant = await WaitAsync();
        var before = await _app.RecordAsync(grant.Id);
        var body = Accept(grant.Id);

        using var unsigned = await SendAsync(new(HttpMethod.Post, "/decisions/moderation") { Content = Json(body) });
        (await ApiResponse.FromAsync(unsigned)).ShouldBeProblem(401, "unauthorized");
        foreach (var request in new[]
        {
            CreateRequest(body, WebhookSecret.Create()), CreateRequest(body, Secret, DateTimeOffset.UtcNow.AddMinutes(-6)),
            CreateRequest(body, Secret, DateTimeOffset.UtcNow.AddMinutes(6)), CreateRequest(body, Secret, sent: body + " "),
            CreateRequest(Reject(grant.Id), Secret, sent: body),
        })
        {
            using var response = await SendAsync(request);
            (await ApiResponse.FromAsync(response)).ShouldBeProblem(401, "unauthorized");
        }

        (await _app.RecordAsync(grant.Id)).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Post_EndpointOfAnotherProcessor_DecidesNothing()
    {
        var grant = await WaitAsync();

        using var response = await SendAsync(CreateRequest(Accept(grant.Id), Secret, path: "/decisions/other"));

        (await ApiResponse.FromAsync(response)).ShouldBeProblem(409, "conflict");
        (await _app.RecordAsync(grant.Id)).AwaitedProcessor().Should().Be(Moderation);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"uploadId":"ID"}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"Accept"}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"accept","code":"x","detail":"y"}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"reject"}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"reject","code":"Not A Code","detail":"y"}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"reject","code":"x","detail":" "}""", 400)]
    [InlineData("""{"uploadId":"ID","decision":"reject","code":"x","detail":"line\nbreak"}""", 400)]
    [InlineData("""{"uploadId":1,"decision":"accept"}""", 400)]
    [InlineData("""{"uploadId":"nonsense","decision":"accept"}""", 404)]
    [InlineData("""{"uploadId":"019ca9450a007e118d28242a1e40575d","decision":"accept"}""", 404)]
    public async Task Post_NoDecision_IsRefusedAndTheUploadGoesOnWaiting(string body, int status)
    {
        var grant = await WaitAsync();

        using var response = await PostAsync(body.Replace("ID", grant.Id, StringComparison.Ordinal));

        ((int)response.StatusCode).Should().Be(status);
        (await _app.RecordAsync(grant.Id)).AwaitedProcessor().Should().Be(Moderation);
    }

    [Fact]
    public void Map_WithoutSecret_Throws()
    {
        var map = () => ((WebApplication)null!).MapUploadDecisions("/decisions", Moderation);
        map.Should().Throw<ArgumentException>();
    }

    private static string Accept(string id) => JsonSerializer.Serialize(new { uploadId = id, decision = "accept" });

    private static string Reject(string id) => JsonSerializer.Serialize(
        new { uploadId = id, decision = "reject", code = "nudity", detail = "This picture is not allowed." });

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static HttpRequestMessage CreateRequest(
        string body, string secret, DateTimeOffset? at = null, string? sent = null, string path = "/decisions/moderation")
    {
        var time = WebhookSignature.FormatTimestamp(at ?? DateTimeOffset.UtcNow);
        WebhookSecret.TryDecode(secret, out var key).Should().BeTrue();
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(sent ?? body) };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", WebhookSignature.Create([key!], "msg_1", time, Encoding.UTF8.GetBytes(body)));
        return request;
    }

    private Task<HttpResponseMessage> PostAsync(string body, string? secret = null) =>
        SendAsync(CreateRequest(body, secret ?? Secret));

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _app.Http.SendAsync(request, TestContext.Current.CancellationToken);

    private async Task<Grant> WaitAsync()
    {
        var grant = await _app.Client.GrantAsync();
        (await new StorageClient(_s3.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        await _app.Client.ConfirmAsync(grant);
        await RunWorkerAsync();
        (await _app.RecordAsync(grant.Id)).AwaitedProcessor().Should().Be(Moderation);
        return grant;
    }

    private Task<int> RunWorkerAsync() =>
        _app.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

    private sealed class Moderator : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(ProcessingResult.Pending(DateTimeOffset.UtcNow.AddHours(1)));
    }
}
