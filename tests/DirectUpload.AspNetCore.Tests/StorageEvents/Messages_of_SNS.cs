using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.StorageEvents;

/// <summary>SNS signs what it sends; who signs is known by a certificate whose address the message itself names. Each way to misuse that is refused, and no address is asked that is not SNS's.</summary>
public sealed class Messages_of_SNS : IAsyncLifetime
{
    private const string Readable = """{"Records":[]}""";

    private readonly SnsStandIn _sns = new();
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
    public async Task Are_taken_with_either_signature(string version)
    {
        (await PostAsync(_sns.Notification(Readable, version))).ShouldBe(200);

        _sns.Asked.Should().Equal(SnsStandIn.CertificateUrl);
    }

    [Fact]
    public async Task Cost_one_certificate_however_many_they_are()
    {
        for (var i = 0; i < 10; i++)
            (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);

        _sns.Asked.Should().HaveCount(1);
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
    public async Task Are_refused_when_anything_was_changed(string field, string value)
    {
        var message = _sns.Notification(Readable);
        message[field] = value;

        (await PostAsync(message)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Of_somebody_elses_topic_are_refused_though_SNS_has_signed_them()
    {
        (await PostAsync(_sns.Notification(Readable, topic: "arn:aws:sns:eu-central-1:666666666666:uploads"))).ShouldBeProblem(403, "forbidden");

        _sns.Asked.Should().BeEmpty();
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
    public async Task Whose_certificate_is_elsewhere_are_refused_and_nobody_is_asked(string certificate)
    {
        var answer = await PostAsync(_sns.Notification(Readable, certificate: certificate));

        answer.ShouldBeProblem(403, "forbidden");
        _sns.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task With_a_certificate_that_has_run_out_are_refused()
    {
        using var sns = new SnsStandIn(ended: TimeSpan.FromDays(1));
        await using var app = await StartAsync(sns);

        (await PostAsync(sns.Notification(Readable), app)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Are_asked_for_again_while_the_certificate_cannot_be_had()
    {
        foreach (var outage in new[] { 0, 500, 503, 429 })
        {
            _sns.Answers = outage;
            (await PostAsync(_sns.Notification(Readable))).ShouldBeProblem(503, "storage-unavailable");
        }

        _sns.Answers = 200;
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
    }

    [Fact]
    public async Task Whose_certificate_does_not_exist_are_refused_and_it_is_asked_for_once()
    {
        _sns.Answers = 404;

        for (var i = 0; i < 10; i++)
            (await PostAsync(_sns.Notification(Readable))).ShouldBeProblem(403, "forbidden");
        _sns.Asked.Should().HaveCount(1);

        _sns.Answers = 200;
        _clock.Advance(TimeSpan.FromMinutes(5));
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("sns.amazonaws.com.evil.example")]
    [InlineData("ec2.amazonaws.com")]
    public async Task With_a_certificate_that_is_not_issued_to_SNS_are_refused(string name)
    {
        using var sns = new SnsStandIn(commonName: name);
        await using var app = await StartAsync(sns);

        (await PostAsync(sns.Notification(Readable), app)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task That_arrive_together_cost_one_certificate()
    {
        var held = new TaskCompletionSource();
        _sns.Holds = held.Task;
        var posting = Enumerable.Range(0, 20).Select(_ => PostAsync(_sns.Notification(Readable))).ToArray();
        while (_sns.Asked.Count == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        held.SetResult();

        foreach (var answer in await Task.WhenAll(posting))
            answer.ShouldBe(200);
        _sns.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task That_name_ever_new_certificates_cause_twenty_requests_a_minute()
    {
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
        _sns.Answers = 404;
        for (var i = 0; i < 100; i++)
            (await PostAsync(_sns.Notification(Readable, certificate: SnsStandIn.CertificateUrl.Replace("0123456789", $"{i:x8}")))).Code.Should().BeOneOf(403, 503);

        _sns.Asked.Should().HaveCount(20);
        (await PostAsync(_sns.Notification(Readable))).ShouldBe(200);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _sns.Answers = 200;
        (await PostAsync(_sns.Notification(Readable, certificate: SnsStandIn.CertificateUrl.Replace("0123456789", "abc")))).ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:sns:eu-central-1:666666666666:uploads")]
    public async Task Whose_header_names_no_topic_of_ours_are_refused_unread(string? topic)
    {
        var message = SnsStandIn.Content(_sns.Notification(Readable));
        message.Headers.Remove("x-amz-sns-topic-arn");
        if (topic is not null)
            message.Headers.Add("x-amz-sns-topic-arn", topic);

        (await PostAsync(message, _app!)).ShouldBeProblem(403, "forbidden");
        _sns.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Whose_header_names_another_topic_than_they_do_are_refused()
    {
        var message = SnsStandIn.Content(_sns.Notification(Readable, topic: "arn:aws:sns:eu-central-1:666666666666:uploads"));
        message.Headers.Remove("x-amz-sns-topic-arn");
        message.Headers.Add("x-amz-sns-topic-arn", SnsStandIn.Topic);

        (await PostAsync(message, _app!)).ShouldBeProblem(400, "invalid-request");
        _sns.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task That_offer_a_subscription_are_answered()
    {
        (await PostAsync(_sns.Subscription())).ShouldBe(200);

        _sns.Asked.Should().Equal(SnsStandIn.CertificateUrl, SnsStandIn.SubscribeUrl);
    }

    [Theory]
    [InlineData("https://evil.example/?Action=ConfirmSubscription")]
    [InlineData("http://127.0.0.1:9200/_shutdown")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/")]
    public async Task That_lead_elsewhere_to_subscribe_are_not_followed(string address)
    {
        (await PostAsync(_sns.Subscription(address))).Code.Should().Be(503);

        _sns.Asked.Should().Equal(SnsStandIn.CertificateUrl);
    }

    [Fact]
    public async Task That_offer_a_subscription_falsely_are_not_followed()
    {
        var message = _sns.Subscription();
        message["SubscribeURL"] += "&changed";

        (await PostAsync(message)).ShouldBeProblem(403, "forbidden");

        _sns.Asked.Should().Equal(SnsStandIn.CertificateUrl);
    }

    [Fact]
    public async Task That_end_a_subscription_do_not_begin_it_anew()
    {
        (await PostAsync(_sns.Subscription(type: "UnsubscribeConfirmation"))).ShouldBe(200);

        _sns.Asked.Should().Equal(SnsStandIn.CertificateUrl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Type":"Notification"}""")]
    [InlineData("""{"Type":"Other","MessageId":"1","TopicArn":"a","Message":"b","Timestamp":"c","SignatureVersion":"2","Signature":"AAAA","SigningCertURL":"https://sns.eu-central-1.amazonaws.com/a.pem"}""")]
    [InlineData("""{"Message":"one","Message":"two"}""")]
    public async Task That_are_none_are_said_to_be_none(string body)
    {
        var content = new StringContent(body);
        content.Headers.Add("x-amz-sns-message-type", "Notification");
        content.Headers.Add("x-amz-sns-topic-arn", SnsStandIn.Topic);

        (await PostAsync(content, _app!)).ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Are_not_taken_where_no_topic_is_named()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices { Map = app => app.MapStorageEvents("/storage-events", o => o.Secret = "correct-horse-battery") });

        (await PostAsync(_sns.Notification(Readable), app)).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task Nobody_is_taken_at_their_word()
    {
        var open = () => UploadApp.StartAsync(new HostChoices { Map = app => app.MapStorageEvents("/storage-events", _ => { }) });
        var shortSecret = () => UploadApp.StartAsync(new HostChoices { Map = app => app.MapStorageEvents("/storage-events", o => o.Secret = "short") });
        var noTopic = () => UploadApp.StartAsync(new HostChoices { Map = app => app.MapStorageEvents("/storage-events", o => o.SnsTopics.Add("uploads")) });

        await open.Should().ThrowAsync<ArgumentException>().WithMessage("*set Secret*SnsTopics*");
        await shortSecret.Should().ThrowAsync<ArgumentException>().WithMessage("*Secret has 5 characters*at least 16*");
        await noTopic.Should().ThrowAsync<ArgumentException>().WithMessage("*\"uploads\"*arn:aws:sns*");
    }

    private Task<UploadApp> StartAsync(SnsStandIn sns) => UploadApp.StartAsync(new HostChoices
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Map = app => app.MapStorageEvents("/storage-events", o =>
        {
            o.SnsTopics.Add(SnsStandIn.Topic);
            o.SnsClient = new HttpClient(sns, disposeHandler: false);
        }),
    });

    private Task<Answer> PostAsync(Dictionary<string, string> message, UploadApp? app = null) => PostAsync(SnsStandIn.Content(message), app ?? _app!);

    private static async Task<Answer> PostAsync(HttpContent content, UploadApp app)
    {
        using var response = await app.Http.PostAsync("/storage-events", content);
        return await Answer.OfAsync(response);
    }
}
