using System.Net.Sockets;
using System.Text;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Foreign pages, crooked addresses, and HTTP that two programs read differently.</summary>
public sealed class TheWeb(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    protected override HostChoices Choices => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapGet("/page", async (HttpContext context, string to) =>
            {
                var form = await context.RequestUploadFormAsync(new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, to);
                return form.Succeeded ? Results.Text(form.Value.Fields["success_action_redirect"]) : Results.BadRequest();
            }).RequireAuthorization();
        },
    };

    private UploadClient Ada => Client.As("ada");

    [Theory]
    [InlineData("OPTIONS", "/uploads")]
    [InlineData("OPTIONS", "/uppy/sign")]
    [InlineData("POST", "/uploads")]
    [InlineData("GET", "/uploads/0198c0de00000000000000000000beef")]
    [Attack("calling the API from a foreign page, with the user's cookie", "no origin is allowed unless the host's own CORS policy says so: the browser keeps the answer to itself, and asks before it sends JSON")]
    public async Task Foreign_origins(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,upload-token");
        using var answer = await App.Http.SendAsync(request);

        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        answer.Headers.Contains("Access-Control-Allow-Credentials").Should().BeFalse();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    [InlineData("text/plain; application/json")]
    [Attack("a form on a foreign page that posts JSON as text, which browsers send without asking (CSRF)", "only JSON that says it is JSON is read, and browsers ask before they send that")]
    public async Task Foreign_forms(string? contentType)
    {
        (await Ada.RequestAsync("""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}"""u8.ToArray(), contentType)).Code.Should().BeOneOf(400, 415);
        (await App.Store.ListByOwnerAsync("ada", 10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("no-cors")]
    [InlineData("navigate")]
    [Attack("an image or a link on a foreign page that asks Uppy's GET endpoints for uploads, to fill a user's quota", "only what a script asks is answered")]
    public async Task Foreign_images(string mode)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/uppy/s3/params?filename=a.png&type=image/png");
        request.Headers.Add("Test-User", "ada");
        request.Headers.Add("Sec-Fetch-Mode", mode);
        using var answer = await App.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(400);
        (await App.Store.ListByOwnerAsync("ada", 10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%5Cevil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nLocation: https://evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("evil.example")]
    [InlineData("/..//evil.example/")]
    [Attack("a page to return to after a form that is on another site (open redirect)", "the way back is a path of this site, checked when it is given and when it is taken")]
    public async Task Open_redirects(string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page?to=" + Uri.EscapeDataString(to));
        request.Headers.Add("Test-User", "ada");
        using var answer = await App.Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            return;
        using var back = new HttpRequestMessage(HttpMethod.Get, new Uri(await answer.Content.ReadAsStringAsync()));
        back.Headers.Add("Test-User", "ada");
        using var redirected = await App.Http.SendAsync(back);
        if (redirected.Headers.Location is { } location)
            new Uri(App.Http.BaseAddress!, location).Host.Should().Be(App.Http.BaseAddress!.Host);
    }

    [Fact]
    [Attack("changing the way back in the address that storage returns to", "it is read as a path of this site again; what is none leads nowhere")]
    public async Task Forged_returns()
    {
        var grant = await Ada.GrantAsync();
        foreach (var to in new[] { "https:%2F%2Fevil.example", "Ly9ldmlsLmV4YW1wbGU", "aHR0cHM6Ly9ldmlsLmV4YW1wbGU", "%2F%2Fevil.example", "%5C%5Cevil.example", "L1xldmlsLmV4YW1wbGU" })
        {
            var answer = await Ada.SendAsync(HttpMethod.Get, $"/{grant.Id}/return/{to}");
            if (answer.Header("location") is { } location)
                new Uri(App.Http.BaseAddress!, location).Host.Should().Be(App.Http.BaseAddress!.Host);
        }
    }

    [Fact]
    [Attack("confirming somebody else's form, or seeing how it went, by its return address", "the return address is its owner's, known by the host's sign-in")]
    public async Task Returns_of_others()
    {
        var grant = await Ada.GrantAsync();
        (await Client.As("eve").SendAsync(HttpMethod.Get, $"/{grant.Id}/return/L2dhbGxlcnk")).Code.Should().Be(404);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-HTTP-Method", "DELETE")]
    [InlineData("X-Original-URL", "/uploads")]
    [InlineData("X-Rewrite-URL", "/uploads")]
    [Attack("a header that changes the method or the path on its way", "none is obeyed")]
    public async Task Overrides(string header, string value)
    {
        var grant = await Ada.GrantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/uploads/{grant.Id}");
        request.Headers.Add("Test-User", "ada");
        request.Headers.Add("Upload-Token", grant.WriteToken);
        request.Headers.Add(header, value);
        using var answer = await App.Http.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("Content-Length: 5\nTransfer-Encoding: chunked\n")]
    [InlineData("Content-Length: 5\nContent-Length: 6\n")]
    [InlineData("Transfer-Encoding: chunked, identity\n")]
    [InlineData("Transfer-Encoding : chunked\n")]
    [Attack("two lengths for one body, so that a proxy and the application disagree where it ends (request smuggling)", "such a request is refused as a whole, or its connection closed")]
    public async Task Smuggling(string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /uploads HTTP/1.1\nHost: a\nContent-Type: application/json\nTest-User: ada\n{headers}\n0\n\nGET /uploads/smuggled HTTP/1.1\nHost: a\n\n".ReplaceLineEndings("\r\n")));
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        var answers = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));

        answers.Should().MatchRegex("^(HTTP/1.1 400|$)");
        answers.Split("HTTP/1.1 ").Length.Should().BeLessThanOrEqualTo(2, "nothing behind it was taken for a request");
    }

    [Fact]
    [Attack("finding tokens and signed URLs in a cache, or in what the browser tells the next page", "answers that hold any are not stored, and no referrer is sent")]
    public async Task Caches_and_referrers()
    {
        var grant = await Ada.GrantAsync();
        await Browser.UploadAsync(grant, Bytes.Png());
        var answers = new[]
        {
            await Ada.RequestAsync(Wanted.Picture), await Ada.ConfirmAsync(grant), await Ada.StatusAsync(grant), await Ada.ContentAsync(grant),
            await Ada.SendAsync(HttpMethod.Get, $"/{grant.Id}/events", grant.ReadToken),
        };
        answers.Should().OnlyContain(answer => answer.Header("cache-control") == "no-store");
        answers[3].Header("referrer-policy").Should().Be("no-referrer");
        answers[4].Header("referrer-policy").Should().Be("no-referrer");
    }

    [Fact]
    [Attack("learning from errors: stack traces, keys, buckets, other users' names", "a refusal is a code and a sentence; of an exception nothing is said")]
    public async Task Talkative_errors()
    {
        var grant = await Client.As("bob").GrantAsync();
        var record = await App.RecordAsync(grant.Id);
        foreach (var answer in new[]
        {
            await Ada.RequestAsync("{"), await Ada.StatusAsync(grant.Id, null), await Ada.StatusAsync("' or 1=1", grant.ReadToken), await Ada.ConfirmAsync(grant),
            await Ada.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, new StringContent("[", Encoding.UTF8, "application/json")),
        })
            answer.Text.Should().NotContainAny("   at ", "Exception", record.Bucket, record.StagingKey, record.FinalKey, "bob", "DirectUpload.");
    }

    [Theory]
    [InlineData("/uploads/../admin")]
    [InlineData("/uploads//0198c0de00000000000000000000beef")]
    [InlineData("/uploads/%2e%2e%2fadmin")]
    [InlineData("/uploads/0198c0de00000000000000000000beef%2fconfirm")]
    [InlineData("/uploads/0198c0de00000000000000000000beef;a=b/content")]
    [InlineData("/uploads/%00")]
    [InlineData("/uploads/%c0%ae%c0%ae")]
    [Attack("addresses that are read as another one at second sight", "an id is 32 hexadecimal digits, or there is no such upload")]
    public async Task Crooked_addresses(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\nTest-User: ada\r\nConnection: close\r\nUpload-Token: {UploadToken.New().Value}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10))).Should().MatchRegex("^HTTP/1.1 (400|401|404|405) ");
    }
}
