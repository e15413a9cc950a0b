using System.Net;
using System.Text;
using DirectUpload.LocalS3.Signing;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests.Forms;

public class PostObjectTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_form_creates_an_object_and_201_describes_it()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(
            server, [("key", "up/${filename}"), ("Content-Type", "text/plain"), ("success_action_status", "201")], "hello");

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<Key>up/f.txt</Key>").And.Contain("<Bucket>uploads</Bucket>");
        answer.Headers.ETag!.Tag.Should().Be("\"5d41402abc4b2a76b9719d911017c592\"");
        answer.Headers.Location.Should().Be(new Uri(server.Endpoint, "uploads/up/f.txt"));
    }

    [Theory]
    [InlineData(4, "EntityTooSmall")]
    [InlineData(5, null)]
    [InlineData(10, null)]
    [InlineData(11, "EntityTooLarge")]
    public async Task The_size_range_is_inclusive_and_enforced(int size, string? refusal)
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(server, [("key", "a")], new string('x', size), """["content-length-range", 5, 10]""");

        if (refusal is null)
            answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        else
            (await answer.Content.ReadAsStringAsync()).Should().Contain($"<Code>{refusal}</Code>");
        server.Folder.Blobs().Should().HaveCount(refusal is null ? 1 : 0);
    }

    [Fact]
    public async Task More_than_20480_bytes_before_the_file_are_refused()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(server, [("key", "a"), ("x-ignore-padding", new string('x', 20_480))], "hello");
        (await answer.Content.ReadAsStringAsync()).Should().Contain("MaxPostPreDataLengthExceeded");
    }

    [Fact]
    public async Task A_truncated_form_stores_nothing()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(server, [("key", "a")], "hello", closed: false);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("MalformedPOSTRequest");
        server.Folder.Blobs().Should().BeEmpty();
    }

    [Fact]
    public async Task Fields_after_the_file_are_ignored()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(
            server, [("key", "a")], "hello\r\n--B\r\nContent-Disposition: form-data; name=\"acl\"\r\n\r\npublic-read");
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await server.Http.GetAsync(new Uri(server.Endpoint, "uploads/a"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_redirect_contains_bucket_key_and_ETag()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await PostAsync(
            server, [("key", "a b"), ("success_action_redirect", "http://app.test/done?x=1")], "hello", http: http);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.Should().Be(
            "http://app.test/done?x=1&bucket=uploads&key=a%20b&etag=%225d41402abc4b2a76b9719d911017c592%22");
    }

    [Fact]
    public async Task A_checksum_field_is_verified()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(
            server, [("key", "a"), ("x-amz-checksum-sha256", Convert.ToBase64String(new byte[32]))], "hello");
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<Code>BadDigest</Code>");
    }

    [Theory]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg==", null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("not base64", "InvalidDigest")]
    public async Task The_MD5_of_the_form_is_verified(string md5, string? refusal)
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(server, [("key", "a"), ("Content-MD5", md5)], "hello");
        if (refusal is null)
            answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        else
            (await answer.Content.ReadAsStringAsync()).Should().Contain($"<Code>{refusal}</Code>");
        server.Folder.Blobs().Should().HaveCount(refusal is null ? 1 : 0);
    }

    [Theory]
    [InlineData("Content-Type", "text/html\r\nX-Injected: 1", HttpStatusCode.BadRequest)]
    [InlineData("Content-Disposition", "attachment; filename=\"日本.txt\"", HttpStatusCode.BadRequest)]
    [InlineData("x-amz-meta-ä", "1", HttpStatusCode.BadRequest)]
    [InlineData("x-amz-meta-note", "two\r\nlines", HttpStatusCode.NoContent)]
    [InlineData("x-amz-meta-note", "日本", HttpStatusCode.NoContent)]
    public async Task An_invalid_header_value_is_refused_or_encoded(string name, string value, HttpStatusCode expected)
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var answer = await PostAsync(server, [("key", "a"), ("acl", "public-read"), (name, value)], "hello");
        answer.StatusCode.Should().Be(expected);
        if (expected != HttpStatusCode.NoContent)
            return;
        using var read = await server.Http.GetAsync(new Uri(server.Endpoint, "uploads/a"));
        read.Headers.GetValues("x-amz-meta-note").Should().Equal($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=");
    }

    [Fact]
    public async Task A_missing_policy_or_wrong_signature_is_refused()
    {
        await using var server = await LocalS3TestServer.StartAsync(Clock);
        using var unsigned = await PostAsync(server, [("key", "a")], "hello", withPolicy: false);
        (await unsigned.Content.ReadAsStringAsync()).Should().Contain("<Code>AccessDenied</Code>");
        using var forged = await PostAsync(server, [("key", "a")], "hello", secret: "another");
        (await forged.Content.ReadAsStringAsync()).Should().Contain("<Code>SignatureDoesNotMatch</Code>");
    }

    private static async Task<HttpResponseMessage> PostAsync(
        LocalS3TestServer server, (string Name, string Value)[] fields, string content, string? condition = null, bool closed = true,
        bool withPolicy = true, string? secret = null, HttpClient? http = null)
    {
        var options = new LocalS3Options();
        var scope = new CredentialScope(options.AccessKey, "20300101", "us-east-1", "s3");
        (string Name, string Value)[] all =
        [
            .. fields, ("x-amz-algorithm", "AWS4-HMAC-SHA256"), ("x-amz-credential", $"{scope.AccessKey}/{scope}"),
            ("x-amz-date", "20300101T000000Z"),
        ];
        var conditions = all.Select(f => $"[\"starts-with\", \"${f.Name}\", \"\"]").Append("""{"bucket": "uploads"}""")
            .Concat(condition is null ? [] : [condition]);
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""{"expiration": "2030-01-01T01:00:00Z", "conditions": [{{string.Join(", ", conditions)}}]}"""));
        if (withPolicy)
            all = [.. all, ("policy", policy), ("x-amz-signature", SigningKey.Derive(secret ?? options.SecretKey, scope).Sign(policy))];

        var body = new StringBuilder();
        foreach (var (name, value) in all)
            body.Append($"--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.Append(
            $"--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\nContent-Type: text/html\r\n\r\n{content}");
        body.Append(closed ? "\r\n--B--\r\n" : "");
        using var form = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString()));
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=B");
        return await (http ?? server.Http).PostAsync(new Uri(server.Endpoint, "uploads"), form);
    }
}
