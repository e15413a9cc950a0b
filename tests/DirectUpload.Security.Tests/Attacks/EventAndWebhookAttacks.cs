using System.Text.Json;
using DirectUpload.AspNetCore;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Whoever speaks in storage's name, or in ours.</summary>
public sealed class EventAndWebhookAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const string Secret = "correct-horse-battery-staple";
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:uploads";

    private readonly RequestRecordingHandler _asked = new();

    protected override TestHostOptions HostOptions => new()
    {
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o =>
            {
                o.Secret = Secret;
                o.SnsTopics.Add(Topic);
                o.SnsHttpClient = new HttpClient(_asked, disposeHandler: false);
            });
        },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong-secret-wrong-secret")]
    [InlineData("Bearer correct-horse-battery-staple, Bearer x")]
    [InlineData("Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5LXN0YXBsZQ==")]
    [InlineData("Digest correct-horse-battery-staple")]
    [Attack(
        "sending storage events without the shared secret",
        "senders must send the secret, which is compared in constant time; an endpoint without a secret does not start")]
    public async Task Event_WithoutTheSecret_IsUnauthorized(string? authorization)
    {
        var grant = await UploadedAsync(TestFiles.Png());
        (await PostEventAsync(await EventAsync(grant), authorization)).ShouldBeProblem(401, "unauthorized");
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    [Attack(
        "an event about an object that does not exist, to finish an upload without a file",
        "an event is a hint; the application asks storage")]
    public async Task Event_OfAMissingObject_ChangesNothing()
    {
        var grant = await Client.GrantAsync();
        (await PostEventAsync(await EventAsync(grant))).ShouldBe(200);
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    [Attack("an event with a false size, type or ETag", "the application ignores these values and asks storage by HEAD")]
    public async Task Event_FalseSizeTypeOrETag_IsIgnored()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        var record = await App.RecordAsync(grant.Id);
        (await PostEventAsync(Event(record.Bucket, record.StagingKey, size: 1, eTag: "lie"))).ShouldBe(200);
        var after = await App.RecordAsync(grant.Id);
        (after.Status, after.Size).Should().Be((UploadStatus.Ready, 1000L));
        after.ETag.Should().NotContain("lie");
    }

    [Theory]
    [InlineData("other-bucket", "{key}")]
    [InlineData("{bucket}", "{key}.bak")]
    [InlineData("{bucket}", "x/{key}")]
    [InlineData("{bucket}", "{key}/../../other")]
    [InlineData("{bucket}", "{double}")]
    [InlineData("{bucket}", "{final}")]
    [InlineData("{bucket}", "{id}")]
    [InlineData("{bucket}", "%00{key}")]
    [Attack(
        "an event about another bucket or key that contains an upload's id, or becomes its key when it is decoded twice",
        "bucket and key, decoded once, must equal the record's")]
    public async Task Event_OfAnotherBucketOrKey_IsIgnored(string bucket, string key)
    {
        var grant = await UploadedAsync(TestFiles.Png());
        var record = await App.RecordAsync(grant.Id);
        var twice = Uri.EscapeDataString(Uri.EscapeDataString(record.StagingKey));
        var told = key.Replace("{key}", record.StagingKey).Replace("{final}", record.FinalKey).Replace("{id}", grant.Id)
            .Replace("{double}", twice);

        (await PostEventAsync(Event(bucket.Replace("{bucket}", record.Bucket), told))).Code.Should().BeOneOf(200, 400);

        (await App.RecordAsync(grant.Id)).Should().Be(record);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:666666666666:uploads", "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123.pem")]
    [InlineData(Topic, "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem")]
    [InlineData(Topic, "https://evil.example/a.pem")]
    [InlineData(Topic, "http://169.254.169.254/latest/meta-data/a.pem")]
    [InlineData(Topic, "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem")]
    [Attack(
        "SNS messages that the attacker has signed, with a certificate or for a topic of the attacker",
        "the topic must be configured, the certificate is downloaded from SNS's own addresses only, and the signature is verified")]
    public async Task SnsMessage_Forged_IsRefused(string topic, string certificate)
    {
        (await SnsAsync("Notification", topic, certificate)).ShouldBeProblem(403, "forbidden");
        _asked.RequestedUrls.Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "a SubscribeURL that points into the application's network (SSRF)",
        "the application reads signed messages only, and requests SNS's own addresses only")]
    public async Task SnsSubscription_ForeignUrl_IsNotVisited()
    {
        (await SnsAsync("SubscriptionConfirmation", Topic, "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123.pem")).Code
            .Should().BeGreaterThanOrEqualTo(400);
        _asked.RequestedUrls.Should().OnlyContain(
            address => address.StartsWith("https://sns.eu-west-1.amazonaws.com/", StringComparison.Ordinal));
    }

    [Fact]
    [Attack(
        "the same genuine event a thousand times, to repeat the work a thousand times",
        "for an upload that was confirmed, the application reads the record and does nothing else")]
    public async Task Event_RepeatedAThousandTimes_IsProcessedOnce()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        var told = await EventAsync(grant);
        await PostEventAsync(told);
        var ready = await App.RecordAsync(grant.Id);
        await Parallel.ForAsync(0, 1000, async (_, _) => (await PostEventAsync(told)).ShouldBe(200));
        (await App.RecordAsync(grant.Id)).Should().Be(ready);
    }

    [Fact]
    [Attack(
        "a forged webhook, with a changed body, an old time, or a signature by another secret",
        "the signature covers id, time and body, and is valid for five minutes")]
    public void Webhook_Forged_IsRefused()
    {
        var secret = WebhookSecret.Create();
        var verifier = new WebhookVerifier(secret);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (var (time, signature) in new[]
        {
            ($"{now}", "v1,AAAA"), ($"{now}", ""), ($"{now - 400}", "v1,AAAA"), ("0", "v1,"),
            ($"{now}", string.Join(' ', Enumerable.Repeat("v1,AAAA", 1000))),
        })
        {
            var headers = new HeaderDictionary { ["webhook-id"] = "1", ["webhook-timestamp"] = time, ["webhook-signature"] = signature };
            verifier.Verify(headers, "{}"u8).Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1")]
    [InlineData("https://user:password@example.com/")]
    [Attack(
        "a webhook address that is not on the web (SSRF by configuration)",
        "the application configures the address, which must be http or https; redirects are not followed")]
    public void Webhook_UrlThatIsNotHttp_IsRefused(string url)
    {
        var services = new ServiceCollection();
        services.AddDirectUploads().AddWebhook(o =>
        {
            o.Url = new Uri(url);
            o.Secrets.Add(WebhookSecret.Create());
        });
        using var provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().Get("webhook"))
            .Should().Throw<OptionsValidationException>();
    }

    private async Task<string> EventAsync(Grant grant) =>
        await App.RecordAsync(grant.Id) is var record ? Event(record.Bucket, record.StagingKey) : "";

    private static string Event(string bucket, string key, long? size = null, string? eTag = null) =>
        JsonSerializer.Serialize(
            new
            {
                Records = new[]
                {
                    new
                    {
                        eventVersion = "2.1",
                        eventName = "ObjectCreated:Put",
                        s3 = new { bucket = new { name = bucket }, @object = new { key, size = size ?? 1000, eTag } },
                    },
                },
            });

    private async Task<ApiResponse> PostEventAsync(string message, string? authorization = "Bearer " + Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events") { Content = new StringContent(message) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    private async Task<ApiResponse> SnsAsync(string type, string topic, string certificate)
    {
        var message = new Dictionary<string, string>
        {
            ["Type"] = type,
            ["MessageId"] = "1",
            ["TopicArn"] = topic,
            ["Message"] = "{\"Records\":[]}",
            ["Timestamp"] = "2026-01-01T00:00:00Z",
            ["Token"] = "t",
            ["SubscribeURL"] = "http://127.0.0.1:9200/_shutdown",
            ["SignatureVersion"] = "1",
            ["Signature"] = "AAAA",
            ["SigningCertURL"] = certificate,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events")
        {
            Content = new StringContent(JsonSerializer.Serialize(message)),
        };
        request.Headers.Add("x-amz-sns-message-type", type);
        request.Headers.Add("x-amz-sns-topic-arn", topic);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    private sealed class RequestRecordingHandler : HttpMessageHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> RequestedUrls { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            RequestedUrls.Enqueue(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
