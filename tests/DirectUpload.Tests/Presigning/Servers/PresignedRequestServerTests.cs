using System.Net;
using DirectUpload.Presigning;
using DirectUpload.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Presigning.Servers;

/// <summary>What we issue, a real server accepts, and it refuses everything else.</summary>
public abstract class PresignedRequestServerTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const string Text = "hello, world";

    protected TServer Server => server;

    private string Key { get; } = $"issued/{Guid.NewGuid():N} é+'(1)%.txt";

    private PutUrlRequest Put => new()
    {
        Key = Key,
        ContentType = "text/plain",
        ContentLength = Text.Length,
        Settings = new() { Metadata = { ["upload"] = "1" } },
    };

    private PostPolicyRequest Post => new() { Key = Key, ContentType = "text/plain", MinLength = 2, MaxLength = 12, SuccessStatus = 201 };

    [Fact]
    public async Task Put_ThenGet_ReturnsTheContent()
    {
        var put = await server.SendPutAsync(await CreateIssuer().PresignAsync(Put), Text);
        var get = await server.SendGetAsync((await CreateIssuer().PresignAsync(new GetUrlRequest
        {
            Key = Key,
            ResponseContentType = "application/x-note",
            ResponseContentDisposition = "attachment; filename=\"a.txt\"; filename*=UTF-8''%C3%A9.txt",
            ResponseCacheControl = "no-store",
        })).Url);

        put.StatusCode.Should().Be(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        get.StatusCode.Should().Be(HttpStatusCode.OK);
        (await get.Content.ReadAsStringAsync()).Should().Be(Text);
        get.Content.Headers.ContentType!.ToString().Should().Be("application/x-note");
        get.Content.Headers.GetValues("Content-Disposition").Should().Equal("attachment; filename=\"a.txt\"; filename*=UTF-8''%C3%A9.txt");
        get.Headers.GetValues("x-amz-meta-upload").Should().Equal("1");
    }

    [Theory]
    [InlineData("another method")]
    [InlineData("another key")]
    [InlineData("another type")]
    [InlineData("no type")]
    [InlineData("other metadata")]
    [InlineData("no metadata")]
    [InlineData("a longer body")]
    [InlineData("a shorter body")]
    [InlineData("another signature")]
    [InlineData("no signature")]
    [InlineData("a longer life")]
    [InlineData("another date")]
    [InlineData("another key id")]
    [InlineData("another region")]
    [InlineData("fewer signed headers")]
    [InlineData("one parameter more")]
    public async Task Put_Altered_IsRefused(string change)
    {
        var put = await CreateIssuer().PresignAsync(Put);
        var headers = new Dictionary<string, string>(put.Headers);
        var (url, body, method) = (put.Url, Text, "PUT");
        switch (change)
        {
            case "another method": method = "POST"; break;
            case "another key": url = url.Replace(".txt?", ".tx?", StringComparison.Ordinal); break;
            case "another type": headers["content-type"] = "text/html"; break;
            case "no type": headers.Remove("content-type"); break;
            case "other metadata": headers["x-amz-meta-upload"] = "2"; break;
            case "no metadata": headers.Remove("x-amz-meta-upload"); break;
            case "a longer body": body += "!"; break;
            case "a shorter body": body = body[1..]; break;
            case "another signature": url = url[..^1] + (url[^1] == '0' ? '1' : '0'); break;
            case "no signature": url = url[..url.IndexOf("&X-Amz-Signature", StringComparison.Ordinal)]; break;
            case "a longer life": url = url.Replace("X-Amz-Expires=900", "X-Amz-Expires=901", StringComparison.Ordinal); break;
            case "another date": url = url.Replace("00Z&", "01Z&", StringComparison.Ordinal); break;
            case "another key id": url = url.Replace("X-Amz-Credential=", "X-Amz-Credential=X", StringComparison.Ordinal); break;
            case "another region": url = url.Replace("us-east-1", "us-east-2", StringComparison.Ordinal); break;
            case "fewer signed headers": url = url.Replace("content-length%3B", "", StringComparison.Ordinal); break;
            default: url += "&response-content-type=text/html"; break;
        }

        var answer = await server.SendPutAsync(put.With(url: url, headers: headers), body, method);

        ((int)answer.StatusCode).Should().BeInRange(400, 499, change);
        (await ExistsAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Put_Expired_IsRefused()
    {
        var longAgo = CreateIssuer(DateTimeOffset.UtcNow.AddMinutes(-20));

        (await server.SendPutAsync(await longAgo.PresignAsync(Put), Text)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ExistsAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("he")]
    [InlineData(Text)]
    public async Task Post_SizeAtTheLimits_IsAccepted(string file)
    {
        var post = await CreateIssuer().PresignPostAsync(Post);

        var answer = await server.SendPostAsync(post.Url, post.Fields, file);

        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await ExistsAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Post_AllOptions_IsAccepted()
    {
        var post = await CreateIssuer().PresignPostAsync(Post with
        {
            Settings = new()
            {
                CacheControl = "no-store",
                ContentDisposition = "attachment; filename=\"a.txt\"",
                Metadata = { ["note"] = "a, <b> \"c\"" },
            },
        });

        var answer = await server.SendPostAsync(post.Url, post.Fields, Text);

        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_KeyPrefix_UsesTheFileName()
    {
        var prefix = $"prefix/{Guid.NewGuid():N}/";
        var post = await CreateIssuer().PresignPostAsync(Post with { Key = null, KeyPrefix = prefix });

        var answer = await server.SendPostAsync(post.Url, post.Fields, Text);

        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await server.S3.GetObjectMetadataAsync(server.Bucket, prefix + "note.txt")).ContentLength.Should().Be(Text.Length);
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another type")]
    [InlineData("a file too large")]
    [InlineData("a file too small")]
    [InlineData("a field more")]
    [InlineData("another policy")]
    [InlineData("no policy")]
    [InlineData("another signature")]
    [InlineData("another date")]
    [InlineData("another credential")]
    public async Task Post_Altered_IsRefused(string change)
    {
        var post = await CreateIssuer().PresignPostAsync(Post);
        var fields = new Dictionary<string, string>(post.Fields);
        var file = Text;
        switch (change)
        {
            case "another key": fields["key"] = Key + "x"; break;
            case "another type": fields["Content-Type"] = "text/html"; break;
            case "a file too large": file += "!"; break;
            case "a file too small": file = "h"; break;
            case "a field more": fields["x-amz-meta-more"] = "1"; break;
            case "another policy":
                fields["policy"] = (await CreateIssuer().PresignPostAsync(Post with { MaxLength = 100 })).Fields["policy"];
                break;
            case "no policy": fields.Remove("policy"); break;
            case "another signature": fields["x-amz-signature"] = new string('0', 64); break;
            case "another date": fields["x-amz-date"] = "20200101T000000Z"; break;
            default: fields["x-amz-credential"] = "X" + fields["x-amz-credential"]; break;
        }

        var answer = await server.SendPostAsync(post.Url, fields, file);

        ((int)answer.StatusCode).Should().BeInRange(400, 499, change);
        (await ExistsAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Post_Expired_IsRefused()
    {
        var post = await CreateIssuer(DateTimeOffset.UtcNow.AddMinutes(-20)).PresignPostAsync(Post);

        (await server.SendPostAsync(post.Url, post.Fields, Text)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ExistsAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Get_OtherKey_IsRefused()
    {
        (await server.SendPutAsync(await CreateIssuer().PresignAsync(Put), Text)).EnsureSuccessStatusCode();
        var get = await CreateIssuer().PresignAsync(new GetUrlRequest { Key = "issued/another.txt" });
        var path = (await CreateIssuer().PresignAsync(new GetUrlRequest { Key = Key })).Url.Split('?')[0];

        (await server.SendGetAsync(path + "?" + get.Url.Split('?')[1])).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private protected PresignedUploadIssuer CreateIssuer(DateTimeOffset? at = null)
    {
        // A whole minute, so that "00Z" is in the URL to be changed.
        var now = at ?? DateTimeOffset.UtcNow;
        var minute = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
        return new TestIssuer { Clock = new FakeTimeProvider(minute), Bucket = server.Bucket }.BuildFor(server.S3);
    }

    private async Task<bool> ExistsAsync()
    {
        var listed = await server.S3.ListObjectsV2Async(new() { BucketName = server.Bucket, Prefix = Key[..30] });
        return listed.S3Objects is { Count: > 0 };
    }
}

public sealed class LocalS3PresignedRequestServerTests(LocalS3Fixture server) : PresignedRequestServerTests<LocalS3Fixture>(server)
{
    [Fact]
    public async Task Put_OnlyIfNew_WorksOnce()
    {
        var put = await CreateIssuer().PresignAsync(new PutUrlRequest { Key = "once.txt", OnlyIfNew = true });

        (await Server.SendPutAsync(put, "first")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Server.SendPutAsync(put, "second")).StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Put_UnsignedAmzHeader_IsRefused()
    {
        // As AWS refuses it; Ceph RGW 16 takes it.
        var put = await CreateIssuer().PresignAsync(new PutUrlRequest { Key = "unsigned.txt" });
        var more = new Dictionary<string, string>(put.Headers) { ["x-amz-acl"] = "public-read" };

        (await Server.SendPutAsync(put.With(headers: more), "text")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Put_SignedChecksum_IsEnforced()
    {
        // AWS does; Ceph RGW 16 does not.
        var sha256 = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("right"u8));
        var put = await CreateIssuer().PresignAsync(new PutUrlRequest { Key = "checked.txt", ChecksumSha256 = sha256 });
        var post = await CreateIssuer()
            .PresignPostAsync(new PostPolicyRequest { Key = "checked-form.txt", MaxLength = 10, ChecksumSha256 = sha256 });

        (await Server.SendPutAsync(put, "wrong")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Server.SendPutAsync(put, "right")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Server.SendPostAsync(post.Url, post.Fields, "wrong")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Server.SendPostAsync(post.Url, post.Fields, "right")).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }
}

public sealed class RgwPresignedRequestServerTests(RgwFixture server) : PresignedRequestServerTests<RgwFixture>(server);
