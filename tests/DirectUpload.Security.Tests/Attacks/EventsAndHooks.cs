using System.Text.Json;
using DirectUpload.AspNetCore.Webhooks;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Whoever speaks in storage's name, or in ours.</summary>
public sealed class EventsAndHooks(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    private const string Secret = "correct-horse-battery-staple";
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:uploads";

    private readonly AskedNobody _asked = new();

    protected override HostChoices Choices => new()
    {
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapStorageEvents("/storage-events", o =>
            {
                o.Secret = Secret;
                o.SnsTopics.Add(Topic);
                o.SnsClient = new HttpClient(_asked, disposeHandler: false);
            });
        },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong-secret-wrong-secret")]
    [InlineData("Bearer correct-horse-battery-staple, Bearer x")]
    [InlineData("Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5LXN0YXBsZQ==")]
    [InlineData("Digest correct-horse-battery-staple")]
    [Attack("telling the application of uploads without the secret that storage knows", "senders show the secret, compared in constant time; nothing is open without one")]
    public async Task Without_the_secret(string? authorization)
    {
        var grant = await UploadedAsync(Bytes.Png());
        (await TellAsync(await EventAsync(grant), authorization)).ShouldBeProblem(401, "unauthorized");
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    [Attack("an event of an object that is not there, to have an upload finished without a file", "an event is a hint; storage is asked")]
    public async Task Nothing_there()
    {
        var grant = await Client.GrantAsync();
        (await TellAsync(await EventAsync(grant))).ShouldBe(200);
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    [Attack("an event that lies about size, type or ETag", "nothing of it is believed: HEAD says what is there")]
    public async Task Lies()
    {
        var grant = await UploadedAsync(Bytes.Png());
        var record = await App.RecordAsync(grant.Id);
        (await TellAsync(Event(record.Bucket, record.StagingKey, size: 1, eTag: "lie"))).ShouldBe(200);
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
    [Attack("an event of another bucket or key that holds an upload's id, or decodes to its key at second sight", "bucket and key must be the record's own, decoded once")]
    public async Task Another_key(string bucket, string key)
    {
        var grant = await UploadedAsync(Bytes.Png());
        var record = await App.RecordAsync(grant.Id);
        var twice = Uri.EscapeDataString(Uri.EscapeDataString(record.StagingKey));
        var told = key.Replace("{key}", record.StagingKey).Replace("{final}", record.FinalKey).Replace("{id}", grant.Id).Replace("{double}", twice);

        (await TellAsync(Event(bucket.Replace("{bucket}", record.Bucket), told))).Code.Should().BeOneOf(200, 400);

        (await App.RecordAsync(grant.Id)).Should().Be(record);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:666666666666:uploads", "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123.pem")]
    [InlineData(Topic, "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem")]
    [InlineData(Topic, "https://evil.example/a.pem")]
    [InlineData(Topic, "http://169.254.169.254/latest/meta-data/a.pem")]
    [InlineData(Topic, "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem")]
    [Attack("messages of SNS that somebody else has signed, with a certificate of their own, or of a topic of their own", "the topic is named beforehand, the certificate is SNS's own or nobody is asked, and the signature is checked")]
    public async Task Forged_sns(string topic, string certificate)
    {
        (await SnsAsync("Notification", topic, certificate)).ShouldBeProblem(403, "forbidden");
        _asked.Addresses.Should().BeEmpty();
    }

    [Fact]
    [Attack("a SubscribeURL that leads into the application's network (SSRF)", "only what SNS has signed is looked at, and only SNS's own addresses are visited")]
    public async Task Forged_subscription()
    {
        (await SnsAsync("SubscriptionConfirmation", Topic, "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123.pem")).Code.Should().BeGreaterThanOrEqualTo(400);
        _asked.Addresses.Should().OnlyContain(address => address.StartsWith("https://sns.eu-west-1.amazonaws.com/", StringComparison.Ordinal));
    }

    [Fact]
    [Attack("the same true event a thousand times, to have the work done a thousand times", "an upload that has arrived is looked up, and no more")]
    public async Task Repeated_events()
    {
        var grant = await UploadedAsync(Bytes.Png());
        var told = await EventAsync(grant);
        await TellAsync(told);
        var ready = await App.RecordAsync(grant.Id);
        await Parallel.ForAsync(0, 1000, async (_, _) => (await TellAsync(told)).ShouldBe(200));
        (await App.RecordAsync(grant.Id)).Should().Be(ready);
    }

    [Fact]
    [Attack("a webhook in the application's name, with a changed body, an old time, or a signature of another secret", "the signature is over id, time and body, and good for five minutes")]
    public void Forged_webhooks()
    {
        var secret = WebhookSecret.New();
        var verifier = new WebhookVerifier(secret);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (var (time, signature) in new[] { ($"{now}", "v1,AAAA"), ($"{now}", ""), ($"{now - 400}", "v1,AAAA"), ("0", "v1,"), ($"{now}", string.Join(' ', Enumerable.Repeat("v1,AAAA", 1000))) })
        {
            var headers = new HeaderDictionary { ["webhook-id"] = "1", ["webhook-timestamp"] = time, ["webhook-signature"] = signature };
            verifier.IsGenuine(headers, "{}"u8).Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1")]
    [InlineData("https://user:password@example.com/")]
    [Attack("a webhook's address that is none of the web (SSRF by configuration)", "it is the application's own choice, by http or https, and no redirect is followed")]
    public void Strange_webhooks(string url)
    {
        var add = () => new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        var services = add();
        var hook = () => Microsoft.Extensions.DependencyInjection.DirectUploadWebhookBuilderExtensions.AddWebhook(
            Microsoft.Extensions.DependencyInjection.DirectUploadServiceCollectionExtensions.AddDirectUploads(services), o =>
            {
                o.Url = new Uri(url);
                o.Secrets.Add(WebhookSecret.New());
            });
        hook.Should().Throw<ArgumentException>();
    }

    private async Task<string> EventAsync(Grant grant) => await App.RecordAsync(grant.Id) is var record ? Event(record.Bucket, record.StagingKey) : "";

    private static string Event(string bucket, string key, long? size = null, string? eTag = null) =>
        JsonSerializer.Serialize(new { Records = new[] { new { eventVersion = "2.1", eventName = "ObjectCreated:Put", s3 = new { bucket = new { name = bucket }, @object = new { key, size = size ?? 1000, eTag } } } } });

    private async Task<Answer> TellAsync(string message, string? authorization = "Bearer " + Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events") { Content = new StringContent(message) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await App.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    private async Task<Answer> SnsAsync(string type, string topic, string certificate)
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
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events") { Content = new StringContent(JsonSerializer.Serialize(message)) };
        request.Headers.Add("x-amz-sns-message-type", type);
        request.Headers.Add("x-amz-sns-topic-arn", topic);
        using var response = await App.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    private sealed class AskedNobody : HttpMessageHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Addresses { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Addresses.Enqueue(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
