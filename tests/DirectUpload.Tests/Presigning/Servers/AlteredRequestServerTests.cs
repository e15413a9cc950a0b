using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.S3;
using DirectUpload.Presigning;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Presigning.Servers;

/// <summary>
/// Every operation that we sign is accepted by a real server, and with any single thing changed it is refused. First all the changed
/// requests, then the issued one, which would find what one of them had done.
/// </summary>
public abstract class AlteredRequestServerTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const string Text = "hello, world";

    private string Key { get; } = $"mutated/{Guid.NewGuid():N} é+'(1)=%//.txt";

    private AmazonS3Client? _session;

    private IPresignedUploadIssuer Issuer => IssuerAt(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Put_AnyAlteration_IsRefused() => await AssertAlterationsRefusedAsync(
        new PutUrlRequest
        {
            Key = Key,
            ContentType = "text/plain",
            ContentLength = Text.Length,
            OnlyIfNew = true,
            Settings = new()
            {
                CacheControl = "no-store",
                ContentDisposition = "attachment",
                ContentEncoding = "identity",
                Metadata = { ["upload"] = "3" },
            },
        },
        Text);

    [Fact]
    public async Task Get_AnyAlteration_IsRefused()
    {
        await StoreAsync();
        var answer = await AssertAlterationsRefusedAsync(new GetUrlRequest
        {
            Key = Key,
            ResponseContentType = "text/x",
            ResponseContentDisposition = "attachment; filename=\"a b.txt\"",
            ResponseCacheControl = "no-store",
        });
        (await answer.Content.ReadAsStringAsync()).Should().Be(Text);
    }

    [Fact]
    public async Task Head_AnyAlteration_IsRefused()
    {
        await StoreAsync();
        (await AssertAlterationsRefusedAsync(new GetUrlRequest { HeadersOnly = true, Key = Key })).Content.Headers.ContentLength
            .Should().Be(Text.Length);
    }

    [Fact]
    public async Task Multipart_AnyAlterationOfAnyCall_IsRefused()
    {
        var created = await AssertAlterationsRefusedAsync(
            MultipartUrlRequest.Create(Key, contentType: "text/plain", settings: new ObjectSettings { Metadata = { ["upload"] = "3" } }));
        var id = Element(await created.Content.ReadAsStringAsync(), "UploadId");
        var part = await AssertAlterationsRefusedAsync(MultipartUrlRequest.UploadPart(Key, id, 1, contentLength: Text.Length), Text);
        var listed = await AssertAlterationsRefusedAsync(MultipartUrlRequest.ListParts(Key, id, maxParts: 10, partNumberMarker: 0));
        Element(await listed.Content.ReadAsStringAsync(), "Size").Should().Be($"{Text.Length}");

        var list =
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.Headers.ETag}</ETag></Part></CompleteMultipartUpload>";
        await AssertAlterationsRefusedAsync(MultipartUrlRequest.Complete(Key, id), list);
        var stored = await SendAsync(await Issuer.PresignAsync(new GetUrlRequest { Key = Key }));
        (await stored.Content.ReadAsStringAsync()).Should().Be(Text);
    }

    [Fact]
    public async Task PartsAndAbort_AnyAlteration_IsRefused()
    {
        var created = await SendAsync(await Issuer.PresignAsync(MultipartUrlRequest.Create(Key)));
        var id = Element(await created.Content.ReadAsStringAsync(), "UploadId");
        var parts = await Issuer.PresignPartsAsync(
            new PartUrlsRequest { Key = Key, UploadId = id, FirstPart = 9, Count = 3, ContentLength = Text.Length });
        foreach (var url in parts.Urls)
            (await SendAsync(new PresignedUrl("PUT", url, new Dictionary<string, string>(), parts.ExpiresAt), Text)).StatusCode
                .Should().Be(HttpStatusCode.OK);
        var listed = await SendAsync(await Issuer.PresignAsync(MultipartUrlRequest.ListParts(Key, id)));
        Elements(await listed.Content.ReadAsStringAsync(), "PartNumber").Should().Equal("9", "10", "11");

        await AssertAlterationsRefusedAsync(MultipartUrlRequest.Abort(Key, id));
    }

    [Fact]
    public async Task Post_AnyAlteration_IsRefused()
    {
        var post = await Issuer.PresignPostAsync(new PostPolicyRequest
        {
            Key = Key,
            ContentType = "text/plain",
            MinLength = 2,
            MaxLength = Text.Length,
            Settings = new() { CacheControl = "no-store", Metadata = { ["upload"] = "3" } },
        });
        var accepted = new List<string>();
        foreach (var (what, fields) in AlteredRequest.CreateAllForms(post.Fields))
        {
            if ((await server.SendPostAsync(post.Url, fields, Text)).IsSuccessStatusCode)
                accepted.Add(what);
        }

        // S3 takes the bucket from the address; the field only satisfies servers that want one for each condition.
        accepted.Should().BeEquivalentTo("bucket changed", "bucket removed");
        (await server.SendPostAsync(post.Url, post.Fields, Text + "!")).StatusCode
            .Should().Be(HttpStatusCode.BadRequest, "it is too large");
        (await server.SendPostAsync(post.Url, post.Fields, "h")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "it is too small");
        (await server.SendPostAsync(post.Url, post.Fields, Text)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task SessionCredentials_AnyAlteration_IsRefused()
    {
        using (_session = (await server.IssueSessionAsync()).CreateClient())
        {
            (await Issuer.PresignAsync(new GetUrlRequest { HeadersOnly = true, Key = Key })).Url.Should().Contain("&X-Amz-Security-Token=");
            await Put_AnyAlteration_IsRefused();
            await Post_AnyAlteration_IsRefused();
            await Get_AnyAlteration_IsRefused();
            await Multipart_AnyAlterationOfAnyCall_IsRefused();
        }
    }

    private PresignedUploadIssuer IssuerAt(DateTimeOffset now) =>
        new TestIssuer { Clock = new(now), Bucket = server.Bucket }.BuildFor(_session ?? server.S3);

    private async Task<HttpResponseMessage> AssertAlterationsRefusedAsync(UrlRequest request, string? body = null)
    {
        var issued = await Issuer.PresignAsync(request);
        var accepted = new List<string>();
        foreach (var mutation in AlteredRequest.CreateAll(issued))
        {
            var refused = await SendAsync(mutation.Request, body);
            if (refused.StatusCode is < HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError)
                accepted.Add($"{mutation.Alteration}: {(int)refused.StatusCode}");
        }

        if (body is not null && request.GetHeaders().Any(header => header.Name == HeaderName.ContentLength)
            && (await SendAsync(issued, body + "!")).IsSuccessStatusCode)
            accepted.Add("a longer body");
        var late = await IssuerAt(DateTimeOffset.UtcNow.AddMinutes(-16)).PresignAsync(request);
        if ((await SendAsync(late, body)).IsSuccessStatusCode)
            accepted.Add("expired");

        accepted.Should().BeEmpty("{0} must be refused", issued.Method);
        var answer = await SendAsync(issued, body);
        ((int)answer.StatusCode).Should().BeInRange(200, 204, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    private async Task<HttpResponseMessage> SendAsync(PresignedUrl request, string? body = null) =>
        await server.SendPutAsync(request, body ?? string.Empty, request.Method);

    private async Task StoreAsync() =>
        (await SendAsync(await Issuer.PresignAsync(new PutUrlRequest { Key = Key }), Text)).EnsureSuccessStatusCode();

    private static string Element(string xml, string name) => Elements(xml, name).First();

    private static List<string> Elements(string xml, string name) =>
        XDocument.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml))).Descendants().Where(element => element.Name.LocalName == name)
            .Select(element => element.Value).ToList();
}

public sealed class LocalS3AlteredRequestServerTests(LocalS3Fixture server) : AlteredRequestServerTests<LocalS3Fixture>(server);

public sealed class RgwAlteredRequestServerTests(RgwFixture server) : AlteredRequestServerTests<RgwFixture>(server);
