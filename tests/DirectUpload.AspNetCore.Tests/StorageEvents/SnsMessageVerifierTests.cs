#pragma warning disable RCS0056 // Lines of data are kept whole.
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.StorageEvents;

/// <summary>
/// SNS signs what it sends; who signs is known by a certificate whose address the message itself names. Each way to misuse that is refused,
/// and no address is asked that is not SNS's.
/// </summary>
public sealed class SnsMessageVerifierTests : IAsyncLifetime
{
    private const string Readable = """{"Records":[]}""";

    private readonly FakeSns _sns = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private UploadApp? _app;

    public async ValueTask InitializeAsync() => _app = await StartAsync(_sns);

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _sns.Dispose();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Message_EitherSignatureVersion_IsAccepted(string version)
    {
        (await PostAsync(_sns.Notification(Readable, version))).ShouldBe(200);

        _sns.RequestedUrls.Should().Equal(FakeSns.CertificateUrl);
    }

    [Fact]
    public async Task Messages_Many_DownloadOneCertificate()
    {
        for (var i = 0; i < 10; i++)
            (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);

        _sns.RequestedUrls.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("Message", """{"Records":[ ]}""")]
    [InlineData("MessageId", "another")]
    [InlineData("Timestamp", "2026-11-23T09:00:00.000Z")]
    [InlineData("Subject", "another")]
    [InlineData("SignatureVersion", "1")]
    [InlineData("SignatureVersion", "3")]
    [InlineData("Signature", "AAAA")]
    [InlineData("Signature", "not base64")]
    public async Task Message_Altered_IsRefused(string field, string value)
    {
        var message = _sns.Notification(Readable);
        message[field] = value;

        (await PostAsync(message)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Message_OfAnotherTopic_IsRefusedThoughSigned()
    {
        (await PostAsync(_sns.Notification(Readable, topic: "arn:aws:sns:eu-central-1:666666666666:uploads")))
            .ShouldBeProblem(403, "forbidden");

        _sns.RequestedUrls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example/SimpleNotificationService.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com@evil.example/a.pem")]
    [InlineData("https://evil.sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns-eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://bucket.s3.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:8443/a.pem")]
    [InlineData("http://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem?x")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem#x")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem ")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem\n")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789xyz.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a/../SimpleNotificationService-0123456789.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/%53impleNotificationService-0123456789.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:443/SimpleNotificationService-0123456789.pem")]
    [InlineData("https://user@sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem")]
    [InlineData("https://SNS.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com./SimpleNotificationService-0123456789.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.cn.evil/SimpleNotificationService-0123456789.pem")]
    [InlineData("https:\\\\sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.txt")]
    [InlineData("https://SNS.EU-CENTRAL-1.AMAZONAWS.COM.evil/a.pem")]
    [InlineData("file:///etc/passwd.pem")]
    [InlineData("//127.0.0.1/a.pem")]
    [InlineData("http://169.254.169.254/latest/meta-data/a.pem")]
    [InlineData("a.pem")]
    [InlineData("")]
    public async Task Message_CertificateNotAtSns_IsRefusedWithoutARequest(string certificate)
    {
        var answer = await PostAsync(_sns.Notification(Readable, certificate: certificate));

        answer.ShouldBeProblem(403, "forbidden");
        _sns.RequestedUrls.Should().BeEmpty();
    }

    [Fact]
    public async Task Message_ExpiredCertificate_IsRefused()
    {
        using var sns = new FakeSns(ended: TimeSpan.FromDays(1));
        await using var app = await StartAsync(sns);

        (await PostAsync(sns.Notification(Readable), app)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Message_CertificateUnavailable_AsksSnsToRetry()
    {
        foreach (var outage in new[] { 0, 500, 503, 429 })
        {
            _sns.StatusCode = outage;
            (await PostAsync(_sns.Notification(Readable))).ShouldBeProblem(503, "storage-unavailable");
        }

        _sns.StatusCode = 200;
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
    }

    [Fact]
    public async Task Message_MissingCertificate_IsRefusedAfterOneRequest()
    {
        _sns.StatusCode = 404;

        for (var i = 0; i < 10; i++)
            (await PostAsync(_sns.Notification(Readable))).ShouldBeProblem(403, "forbidden");
        _sns.RequestedUrls.Should().HaveCount(1);

        _sns.StatusCode = 200;
        _clock.Advance(TimeSpan.FromMinutes(5));
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("sns.amazonaws.com.evil.example")]
    [InlineData("ec2.amazonaws.com")]
    public async Task Message_CertificateNotIssuedToSns_IsRefused(string name)
    {
        using var sns = new FakeSns(commonName: name);
        await using var app = await StartAsync(sns);

        (await PostAsync(sns.Notification(Readable), app)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Messages_Concurrent_DownloadOneCertificate()
    {
        var held = new TaskCompletionSource();
        _sns.ResponseGate = held.Task;
        var posting = Enumerable.Range(0, 20).Select(_ => PostAsync(_sns.Notification(Readable))).ToArray();
        while (_sns.RequestedUrls.Count == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        held.SetResult();

        foreach (var answer in await Task.WhenAll(posting))
            answer.ShouldBe(200);
        _sns.RequestedUrls.Should().HaveCount(1);
    }

    [Fact]
    public async Task Messages_NewCertificates_CauseAtMost20RequestsAMinute()
    {
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
        _sns.StatusCode = 404;
        for (var i = 0; i < 100; i++)
            (await PostAsync(_sns.Notification(Readable, certificate: FakeSns.CertificateUrl.Replace("0123456789", $"{i:x8}")))).Code
                .Should().BeOneOf(403, 503);

        _sns.RequestedUrls.Should().HaveCount(20);
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _sns.StatusCode = 200;
        (await PostAsync(_sns.Notification(Readable, certificate: FakeSns.CertificateUrl.Replace("0123456789", "abc")))).ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:sns:eu-central-1:666666666666:uploads")]
    public async Task Message_UnknownTopicInHeader_IsRefusedUnread(string? topic)
    {
        var message = FakeSns.Content(_sns.Notification(Readable));
        message.Headers.Remove("x-amz-sns-topic-arn");
        if (topic is not null)
            message.Headers.Add("x-amz-sns-topic-arn", topic);

        (await PostAsync(message, _app!)).ShouldBeProblem(403, "forbidden");
        _sns.RequestedUrls.Should().BeEmpty();
    }

    [Fact]
    public async Task Message_TopicInHeaderDiffers_IsRefused()
    {
        var message = FakeSns.Content(_sns.Notification(Readable, topic: "arn:aws:sns:eu-central-1:666666666666:uploads"));
        message.Headers.Remove("x-amz-sns-topic-arn");
        message.Headers.Add("x-amz-sns-topic-arn", FakeSns.Topic);

        (await PostAsync(message, _app!)).ShouldBeProblem(400, "invalid-request");
        _sns.RequestedUrls.Should().BeEmpty();
    }

    [Fact]
    public async Task Subscription_OfAKnownTopic_IsConfirmed()
    {
        (await PostAsync(_sns.Subscription())).ShouldBe(200);

        _sns.RequestedUrls.Should().Equal(FakeSns.CertificateUrl, FakeSns.SubscribeUrl);
    }

    [Theory]
    [InlineData("https://evil.example/?Action=ConfirmSubscription")]
    [InlineData("http://127.0.0.1:9200/_shutdown")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/")]
    public async Task Subscription_UrlNotOfSns_IsNotFollowed(string address)
    {
        (await PostAsync(_sns.Subscription(address))).Code.Should().Be(503);

        _sns.RequestedUrls.Should().Equal(FakeSns.CertificateUrl);
    }

    [Fact]
    public async Task Subscription_Forged_IsNotFollowed()
    {
        var message = _sns.Subscription();
        message["SubscribeURL"] += "&changed";

        (await PostAsync(message)).ShouldBeProblem(403, "forbidden");

        _sns.RequestedUrls.Should().Equal(FakeSns.CertificateUrl);
    }

    [Fact]
    public async Task UnsubscribeMessage_DoesNotResubscribe()
    {
        (await PostAsync(_sns.Subscription(type: "UnsubscribeConfirmation"))).ShouldBe(200);

        _sns.RequestedUrls.Should().Equal(FakeSns.CertificateUrl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Type":"Notification"}""")]
    [InlineData(
        """{"Type":"Other","MessageId":"1","TopicArn":"a","Message":"b","Timestamp":"c","SignatureVersion":"2","Signature":"AAAA","SigningCertURL":"https://sns.eu-central-1.amazonaws.com/a.pem"}""")]
    [InlineData("""{"Message":"one","Message":"two"}""")]
    public async Task Message_NotOfSns_IsABadRequest(string body)
    {
        var content = new StringContent(body);
        content.Headers.Add("x-amz-sns-message-type", "Notification");
        content.Headers.Add("x-amz-sns-topic-arn", FakeSns.Topic);

        (await PostAsync(content, _app!)).ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Message_NoTopicConfigured_IsRefused()
    {
        await using var app = await UploadApp.StartAsync(
            new TestHostOptions { Map = app => app.MapStorageEvents("/storage-events", o => o.Secret = "correct-horse-battery") });

        (await PostAsync(_sns.Notification(Readable), app)).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task MapStorageEvents_NoSecretOrTopic_FailsAtStart()
    {
        var open = () => UploadApp.StartAsync(new TestHostOptions { Map = app => app.MapStorageEvents("/storage-events", _ => { }) });
        var shortSecret = () =>
            UploadApp.StartAsync(new TestHostOptions { Map = app => app.MapStorageEvents("/storage-events", o => o.Secret = "short") });
        var noTopic = () => UploadApp.StartAsync(
            new TestHostOptions { Map = app => app.MapStorageEvents("/storage-events", o => o.SnsTopics.Add("uploads")) });

        await open.Should().ThrowAsync<OptionsValidationException>()
            .WithMessage("MapStorageEvents(\"/storage-events\")*set Secret*SnsTopics*");
        await shortSecret.Should().ThrowAsync<OptionsValidationException>().WithMessage("*Secret has 5 characters*at least 16*");
        await noTopic.Should().ThrowAsync<OptionsValidationException>().WithMessage("*\"uploads\"*arn:aws:sns*");
    }

    private Task<UploadApp> StartAsync(FakeSns sns) => UploadApp.StartAsync(new TestHostOptions
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Map = app => app.MapStorageEvents("/storage-events", o =>
        {
            o.SnsTopics.Add(FakeSns.Topic);
            o.SnsHttpClient = new HttpClient(sns, disposeHandler: false);
        }),
    });

    private Task<ApiResponse> PostAsync(Dictionary<string, string> message, UploadApp? app = null) =>
        PostAsync(FakeSns.Content(message), app ?? _app!);

    private static async Task<ApiResponse> PostAsync(HttpContent content, UploadApp app)
    {
        using var response = await app.Http.PostAsync("/storage-events", content);
        return await ApiResponse.FromAsync(response);
    }
}
