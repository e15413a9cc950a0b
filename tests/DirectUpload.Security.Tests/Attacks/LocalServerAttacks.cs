using System.Diagnostics;
using System.Text;
using DirectUpload.LocalS3;
using DirectUpload.Security.Tests.Table;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>LocalS3, whose key everybody knows, on the machine of a developer who has other pages open.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class LocalServerAttacks : IAsyncLifetime
{
    private readonly LocalS3Options _options = new()
    {
        Url = "http://127.0.0.1:0",
        DataDirectory = Directory.CreateTempSubdirectory("directupload-attacked-").FullName,
    };

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private LocalS3Server? _server;

    private Uri Endpoint => _server!.Endpoint;

    private TestSigner Signer => new(new S3Access($"{Endpoint}".TrimEnd('/'), _options.AccessKey, _options.SecretKey, _options.Region));

    public async ValueTask InitializeAsync() => _server = await LocalS3Server.StartAsync(_options);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://evil.example:5080")]
    [InlineData("null")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://localhost@evil.example")]
    [InlineData("chrome-extension://abcdefghijklmnop")]
    [InlineData("file://")]
    [InlineData("http://192.168.1.7:5080")]
    [InlineData("http://[::1].evil.example")]
    [Attack(
        "a page of another site in a developer's browser that signs requests to LocalS3 with the public default key, to list, read, " +
        "write or delete",
        "requests by pages that are not on this machine are refused, signed or not, unless the bucket's CORS configuration allows " +
        "their origin")]
    public async Task Request_FromAForeignPage_IsRefused(string origin)
    {
        (await SendAsync(Signer.Authorize(Put("kept")))).Status.Should().Be(200);
        foreach (var request in new[]
        {
            WireRequest.ForObject("GET", ""), WireRequest.ForObject("GET", "uploads"), WireRequest.ForObject("GET", "uploads", "kept"),
            WireRequest.ForObject("HEAD", "uploads", "kept"), Put("kept"), Put("other"),
            WireRequest.ForObject("DELETE", "uploads", "kept"), WireRequest.ForObject("GET", "uploads").WithQuery("cors", ""),
            WireRequest.ForObject("DELETE", "uploads").WithQuery("cors", ""), WireRequest.ForObject("PUT", "another"),
        })
        {
            foreach (var signed in new[] { Signer.Authorize(request), Signer.Presign(request), request })
            {
                var (status, headers) = await SendAsync(signed.WithHeader("origin", origin));
                status.Should().Be(403, "{0} {1} of {2}", request.Method, request.Target, origin);
                headers.Should().NotContain(header => header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            }
        }

        var form = new PostForm(Signer, "uploads").With("key", "posted").Build();
        (await SendAsync(form.WithHeader("origin", origin))).Status.Should().Be(403);
        (await SendAsync(WireRequest.ForObject("OPTIONS", "uploads", "kept").WithHeader("origin", origin)
            .WithHeader("access-control-request-method", "DELETE"))).Status.Should().Be(403);
        (await SendAsync(Signer.Authorize(WireRequest.ForObject("HEAD", "uploads", "kept")))).Status
            .Should().Be(200, "nothing has come of it");
        (await SendAsync(Signer.Authorize(WireRequest.ForObject("HEAD", "uploads", "posted")))).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("fetch", "no-cors", "empty")]
    [InlineData("script", "no-cors", "script")]
    [InlineData("style", "no-cors", "style")]
    [InlineData("worker", "same-origin", "worker")]
    [InlineData("object", "no-cors", "object")]
    [Attack(
        "a page of another site that loads an object as a script or a style, without an Origin",
        "Sec-Fetch-Site identifies another site: LocalS3 sends only what a page can show, but not read")]
    public async Task Subresource_OfAForeignPage_IsRefused(string kind, string mode, string destination)
    {
        (await SendAsync(Signer.Authorize(Put("kept")))).Status.Should().Be(200);
        (await SendAsync(Fetched(Signer.Presign(WireRequest.ForObject("GET", "uploads", "kept")), mode, destination))).Status
            .Should().Be(403, kind);
        (await SendAsync(Fetched(Signer.Presign(Put("kept")), mode, destination))).Status.Should().Be(403);
        (await SendAsync(Fetched(Signer.Presign(WireRequest.ForObject("DELETE", "uploads", "kept")), "navigate", "document"))).Status
            .Should().Be(403);

        (await SendAsync(Fetched(Signer.Presign(WireRequest.ForObject("GET", "uploads", "kept")), "no-cors", "image"))).Status
            .Should().Be(200, "a picture can be shown");
        (await SendAsync(Fetched(Signer.Presign(WireRequest.ForObject("GET", "uploads", "kept")), "navigate", "document"))).Status
            .Should().Be(200, "a link can be followed");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("s3.localhost.evil.example")]
    [InlineData("uploads.evil.example")]
    [Attack(
        "a page whose host name is pointed at 127.0.0.1 (DNS rebinding), so that it has the same origin as LocalS3",
        "only IP addresses, names under localhost and the configured suffixes are accepted as Host")]
    public async Task Request_ReboundHostName_IsRefused(string host)
    {
        var name = $"{host}:{Endpoint.Port}";
        var list = WireRequest.ForObject("GET", "uploads");
        foreach (var signed in new[] { (Signer with { Host = name }).Authorize(list), list })
        {
            (await SendAsync(signed, name)).Status.Should().Be(403);
            (await SendAsync(signed.WithHeader("origin", $"http://{name}"), name)).Status.Should().Be(403);
        }
    }

    [Fact]
    [Attack(
        "1 MiB of nested elements in each document that LocalS3 reads, to occupy a core for minutes",
        "documents are read in linear time, eight levels deep at most")]
    public async Task Xml_NestedDeeply_IsRefusedQuickly()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 250_000));
        (await SendAsync(Signer.Authorize(Put("kept")))).Status.Should().Be(200);
        var begun = await _http.SendAsync(
            Message(Signer.Authorize(WireRequest.ForObject("POST", "uploads", "film").WithQuery("uploads", "")), null));
        var uploadId = (await begun.Content.ReadAsStringAsync()).Split("<UploadId>")[1].Split("</UploadId>")[0];
        var clock = Stopwatch.StartNew();
        foreach (var (method, key, query, root) in new[]
        {
            ("PUT", "", "cors", "CORSConfiguration"), ("PUT", "", "lifecycle", "LifecycleConfiguration"),
            ("PUT", "", "notification", "NotificationConfiguration"), ("PUT", "", "versioning", "VersioningConfiguration"),
            ("POST", "", "delete", "Delete"), ("PUT", "kept", "tagging", "Tagging"), ("PUT", "kept", "acl", "AccessControlPolicy"),
            ("POST", "film", "uploadId", "CompleteMultipartUpload"),
        })
        {
            foreach (var body in new[]
            {
                $"<{root}>{deep}", deep, $"<{root}>{string.Concat(Enumerable.Repeat("<a/>", 250_000))}</{root}>",
                $"<{root}>{string.Concat(Enumerable.Repeat("<![CDATA[a]]>", 70_000))}</{root}>",
                $"<!DOCTYPE {root} [<!ENTITY a \"a\">]><{root}>&a;</{root}>",
            })
            {
                var request = WireRequest.ForObject(method, "uploads", key).WithQuery(query, query == "uploadId" ? uploadId : "")
                    .WithBody(body).WithContentMd5();
                (await SendAsync(Signer.Authorize(request))).Status.Should().BeOneOf([200, 400], "{0} {1}", query, body[..40]);
            }
        }

        // It took more than a minute for one of them.
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    [Attack(
        "documents with an element twice, or chunks that HTTP does not allow, to make LocalS3 fail",
        "the documents are the client's error (400); LocalS3, like AWS, takes no body in chunks of HTTP (501)")]
    public async Task Request_Malformed_IsABadRequest()
    {
        foreach (var (key, query, body) in new[]
        {
            ("kept", "tagging", "<Tagging><TagSet/><TagSet/></Tagging>"),
            ("kept", "acl", "<AccessControlPolicy><AccessControlList/><AccessControlList/></AccessControlPolicy>"),
            ("", "lifecycle",
                "<LifecycleConfiguration><Rule><Status>Enabled</Status><Prefix/><Expiration><Days>1</Days></Expiration><Expiration>" +
                "<Days>1</Days></Expiration></Rule></LifecycleConfiguration>"),
        })
        {
            (await SendAsync(Signer.Authorize(Put("kept")))).Status.Should().Be(200);
            (await SendAsync(Signer.Authorize(WireRequest.ForObject("PUT", "uploads", key).WithQuery(query, "").WithBody(body)
                .WithContentMd5()))).Status.Should().Be(400, query);
        }

        foreach (var chunks in new[] { "ffffffffffffffff\r\n", "zz\r\n", "5\r\nhelloxx0\r\n\r\n" })
        {
            var put = Signer.Presign(WireRequest.ForObject("PUT", "uploads", "kept").WithQuery("tagging", ""));
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(Endpoint.Host, Endpoint.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT {put.Target} HTTP/1.1\r\nHost: {Endpoint.Authority}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));
            using var reader = new StreamReader(client.GetStream());
            (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(15))).Should().StartWith("HTTP/1.1 501");
        }
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("https://localhost:7080")]
    [InlineData("http://localhost")]
    [InlineData("http://[::1]:5080")]
    public async Task Request_FromALocalPage_Succeeds(string origin)
    {
        var (status, headers) = await SendAsync(Signer.Presign(Put("own")).WithHeader("origin", origin));
        status.Should().Be(200);
        headers.Should().Contain($"Access-Control-Allow-Origin: {origin}").And.Contain("Access-Control-Expose-Headers: ETag");
        (await SendAsync(WireRequest.ForObject("OPTIONS", "uploads", "own").WithHeader("origin", origin)
            .WithHeader("access-control-request-method", "PUT"))).Status.Should().Be(200);
        (await SendAsync(Signer.Authorize(WireRequest.ForObject("GET", "uploads")))).Status.Should().Be(200, "programs send no Origin");
    }

    private static WireRequest Put(string key) => WireRequest.ForObject("PUT", "uploads", key).WithBody("hello");

    private static WireRequest Fetched(WireRequest request, string mode, string destination) =>
        request.WithHeader("sec-fetch-site", "cross-site").WithHeader("sec-fetch-mode", mode).WithHeader("sec-fetch-dest", destination);

    private HttpRequestMessage Message(WireRequest request, string? host)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri($"{Endpoint}".TrimEnd('/') + request.Target))
        {
            Content = new ReadOnlyMemoryContent(request.Body),
        };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.Host = host;
        return message;
    }

    private async Task<(int Status, IReadOnlyList<string> Headers)> SendAsync(WireRequest request, string? host = null)
    {
        using var message = Message(request, host);
        using var answer = await _http.SendAsync(message);
        return ((int)answer.StatusCode, [.. answer.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")]);
    }
}
