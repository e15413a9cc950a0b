using System.Net;
using DirectUpload.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests.Hosting;

/// <summary>Rules that act, by a clock that is set.</summary>
public sealed class LifecycleWorkerTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 15, 10, 30, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task An_object_expires_at_the_midnight_after_its_days()
    {
        await using var server = await LocalS3TestServer.StartAsync(_clock);
        await ConfigureAsync(server, "<Filter><Prefix>tmp/</Prefix></Filter>", "<Days>3</Days>");
        await SendAsync(server, "PUT", "tmp/a", "x");
        await SendAsync(server, "PUT", "kept", "x");

        _clock.Advance(new DateTimeOffset(2030, 1, 18, 23, 59, 59, TimeSpan.Zero) - Start);
        (await SendAsync(server, "GET", "tmp/a")).StatusCode.Should().Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await SendAsync(server, "GET", "tmp/a")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await SendAsync(server, "GET", "kept")).StatusCode.Should().Be(HttpStatusCode.OK);
        server.Folder.Blobs().Should().ContainSingle();
    }

    [Fact]
    public async Task Overwriting_a_key_restarts_its_lifetime()
    {
        await using var server = await LocalS3TestServer.StartAsync(_clock);
        await ConfigureAsync(server, "<Filter/>", "<Days>1</Days>");
        await SendAsync(server, "PUT", "a", "x");
        _clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(server, "PUT", "a", "y");
        _clock.Advance(TimeSpan.FromHours(20)); // past the first one's midnight
        (await SendAsync(server, "GET", "a")).StatusCode.Should().Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromDays(1));
        (await SendAsync(server, "GET", "a")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_past_date_applies_at_midnight_or_on_demand()
    {
        await using var server = await LocalS3TestServer.StartAsync(_clock);
        await SendAsync(server, "PUT", "a", "x");
        await ConfigureAsync(server, "<Filter/>", "<Date>2030-01-01T00:00:00Z</Date>");
        (await SendAsync(server, "GET", "a")).StatusCode.Should().Be(HttpStatusCode.OK);
        server.Server.ApplyLifecycleRules();
        (await SendAsync(server, "GET", "a")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_missed_midnight_is_made_up_at_start()
    {
        using var folder = new TemporaryFolder();
        var options = new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder.Path };
        await using (var server = await LocalS3Server.StartAsync(options, _clock))
        {
            await SendAsync(server.Endpoint, "PUT", "?lifecycle", Configuration("<Filter/>", "<Days>1</Days>"));
            await SendAsync(server.Endpoint, "PUT", "a", "x");
        }
        _clock.Advance(TimeSpan.FromDays(3));
        folder.Blobs().Should().ContainSingle("nobody was there to remove it");
        await using var next = await LocalS3Server.StartAsync(options, _clock);
        folder.Blobs().Should().BeEmpty();
    }

    [Fact]
    public async Task Responses_contain_the_expiration_date_and_rule()
    {
        const string expected = "expiry-date=\"Sat, 19 Jan 2030 00:00:00 GMT\", rule-id=\"rule\"";
        await using var server = await LocalS3TestServer.StartAsync(_clock);
        await ConfigureAsync(server, "<Filter><Prefix>tmp/</Prefix></Filter>", "<Days>3</Days>");
        foreach (var answer in new[]
        {
            await SendAsync(server, "PUT", "tmp/a", "x"),
            await SendAsync(server, "GET", "tmp/a"),
            await SendAsync(server, "HEAD", "tmp/a"),
            await SendAsync(server, "PUT", "tmp/b", headers: ("x-amz-copy-source", "/uploads/tmp/a")),
        })
            answer.Headers.GetValues("x-amz-expiration").Should().Equal(expected);
        (await SendAsync(server, "PUT", "kept", "x")).Headers.Contains("x-amz-expiration").Should().BeFalse();
    }

    [Fact]
    public async Task An_expiration_event_names_S3_as_the_origin()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var server = await LocalS3TestServer.StartAsync(_clock, o => o.EventEndpoint = receiver.Endpoint.ToString());
        await SendAsync(server, "PUT", "?notification", "<NotificationConfiguration><QueueConfiguration>" +
            "<Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:LifecycleExpiration:*</Event></QueueConfiguration>" +
            "</NotificationConfiguration>");
        await ConfigureAsync(server, "<Filter/>", "<Days>1</Days>");
        await SendAsync(server, "PUT", "a", "x");
        _clock.Advance(TimeSpan.FromDays(2));
        var record = (await receiver.WaitForRecordsAsync("uploads", 1)).Should().ContainSingle().Which;
        record.GetProperty("eventName").GetString().Should().Be("LifecycleExpiration:Delete");
        record.GetProperty("requestParameters").GetProperty("sourceIPAddress").GetString().Should().Be("s3.amazonaws.com");
    }

    private Task<HttpResponseMessage> ConfigureAsync(LocalS3TestServer server, string filter, string expiration) =>
        SendAsync(server, "PUT", "?lifecycle", Configuration(filter, expiration));

    private static string Configuration(string filter, string expiration) => "<LifecycleConfiguration><Rule><ID>rule</ID>" +
        $"{filter}<Status>Enabled</Status><Expiration>{expiration}</Expiration></Rule></LifecycleConfiguration>";

    private Task<HttpResponseMessage> SendAsync(
        LocalS3TestServer server, string method, string target, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(server.Endpoint, method, target, body, headers);

    /// <summary>Signed by the fake clock, which the server believes.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        Uri endpoint, string method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        var options = new LocalS3Options();
        var signer = new TestSigner(new($"{endpoint}".TrimEnd('/'), options.AccessKey, options.SecretKey, options.Region))
        {
            SignedAt = _clock.GetUtcNow(),
        };
        var request = WireRequest.ForObject(method, "uploads", target.StartsWith('?') ? "" : target).WithBody(body ?? "");
        if (target.StartsWith('?'))
            request = request.WithQuery(target[1..], "").WithContentMd5();
        request = signer.Authorize(headers.Aggregate(request, (r, header) => r.WithHeader(header.Name, header.Value)));
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(endpoint, request.Target));
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (method == "PUT")
            message.Content = new ReadOnlyMemoryContent(request.Body);
        if (request.Headers.FirstOrDefault(header => header.Key == "content-md5").Value is { } md5)
            message.Content!.Headers.TryAddWithoutValidation("content-md5", md5);
        var answer = await http.SendAsync(message);
        if (target.StartsWith('?'))
            answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer;
    }
}
