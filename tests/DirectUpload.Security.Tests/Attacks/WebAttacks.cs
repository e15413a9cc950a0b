#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Net.Sockets;
using System.Text;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Foreign pages, crooked addresses, and HTTP that two programs read differently.</summary>
public sealed class WebAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    protected override TestHostOptions HostOptions => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapGet("/page", async (HttpContext context, string to) =>
            {
                var form = await context.RequestUploadFormAsync(
                    new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, to);
                return form.Succeeded ? Results.Text(form.Value.Fields["success_action_redirect"]) : Results.BadRequest();
            }).RequireAuthorization();
        },
    };

    private UploadClient Ada => Client.As("ada");

    [Theory]
    [InlineData("OPTIONS", "/uploads")]
    [InlineData("OPTIONS", "/uppy/sign")]
    [InlineData("POST", "/uploads")]
    [InlineData("POST", "/uploads/batch")]
    [InlineData("GET", "/uploads/0198c0de00000000000000000000beef")]
    [Attack(
        "calling the API from a page of another site, with the user's cookie",
        "no origin is allowed unless the host's own CORS policy admits it: the browser hides the answer, and sends a preflight " +
        "before JSON")]
    public async Task Api_FromAForeignOrigin_IsNotAllowedByCors(string method, string path)
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
    [Attack(
        "a form on another site's page that posts JSON as text, which browsers send without a preflight (CSRF)",
        "only bodies with a JSON content type are read, and browsers send a preflight before those")]
    public async Task Api_ForeignFormPostingJson_IsRefused(string? contentType)
    {
        (await Ada.RequestAsync("""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}"""u8
            .ToArray(), contentType)).Code.Should().BeOneOf(400, 415);
        (await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("no-cors")]
    [InlineData("navigate")]
    [Attack(
        "an image or a link on another site's page that requests uploads from Uppy's GET endpoints, to fill a user's quota",
        "only requests by scripts are answered")]
    public async Task UppyGet_FromAForeignImage_GrantsNothing(string mode)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/uppy/s3/params?filename=a.png&type=image/png");
        request.Headers.Add("Test-User", "ada");
        request.Headers.Add("Sec-Fetch-Mode", mode);
        using var answer = await App.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(400);
        (await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEmpty();
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
    [Attack(
        "a return page of a form that is on another site (open redirect)",
        "the return address is a path of this site, checked when it is given and when it is used")]
    public async Task ReturnUrl_OnAnotherSite_IsRefused(string to)
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
    [Attack(
        "changing the return path in the address to which storage redirects",
        "it must be a path of this site; otherwise no redirect follows")]
    public async Task ReturnUrl_Altered_StaysOnTheSite()
    {
        var grant = await Ada.GrantAsync();
        foreach (var to in new[]
        {
            "https:%2F%2Fevil.example", "Ly9ldmlsLmV4YW1wbGU", "aHR0cHM6Ly9ldmlsLmV4YW1wbGU", "%2F%2Fevil.example", "%5C%5Cevil.example",
            "L1xldmlsLmV4YW1wbGU",
        })
        {
            var answer = await Ada.SendAsync(HttpMethod.Get, $"/{grant.Id}/return/{to}");
            if (answer.Header("location") is { } location)
                new Uri(App.Http.BaseAddress!, location).Host.Should().Be(App.Http.BaseAddress!.Host);
        }
    }

    [Fact]
    [Attack(
        "confirming another user's form, or reading its status, by its return address",
        "the return address works for its owner only, identified by the host's sign-in")]
    public async Task ReturnUrl_OfAnotherUser_IsUnknown()
    {
        var grant = await Ada.GrantAsync();
        (await Client.As("eve").SendAsync(HttpMethod.Get, $"/{grant.Id}/return/L2dhbGxlcnk")).Code.Should().Be(404);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-HTTP-Method", "DELETE")]
    [InlineData("X-Original-URL", "/uploads")]
    [InlineData("X-Rewrite-URL", "/uploads")]
    [Attack("a header that changes the method or the path", "none is used")]
    public async Task Headers_MethodOrPathOverride_AreIgnored(string header, string value)
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
    [Attack(
        "two lengths for one body, so that a proxy and the application disagree about its end (request smuggling)",
        "such a request is refused as a whole, or its connection closed")]
    public async Task Request_WithTwoLengths_IsRefused(string headers)
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
    [Attack(
        "finding tokens and signed URLs in a cache, or in the Referer of the next page",
        "answers with tokens or URLs are not cached, and no referrer is sent")]
    public async Task Responses_WithTokens_AreNotCachedOrReferred()
    {
        var grant = await Ada.GrantAsync();
        await StorageClient.UploadAsync(grant, TestFiles.Png());
        var answers = new[]
        {
            await Ada.RequestAsync(TestUploadRequest.Picture), await Ada.ConfirmAsync(grant), await Ada.StatusAsync(grant),
            await Ada.ContentAsync(grant),
            await Ada.SendAsync(HttpMethod.Get, $"/{grant.Id}/events", grant.ReadToken),
        };
        answers.Should().OnlyContain(answer => answer.Header("cache-control") == "no-store");
        answers[3].Header("referrer-policy").Should().Be("no-referrer");
        answers[4].Header("referrer-policy").Should().Be("no-referrer");
    }

    [Fact]
    [Attack(
        "learning from errors: stack traces, keys, buckets, other users' names",
        "a refusal has a code and a sentence, and reveals nothing about exceptions")]
    public async Task Errors_RevealNoInternals()
    {
        var grant = await Client.As("bob").GrantAsync();
        var record = await App.RecordAsync(grant.Id);
        foreach (var answer in new[]
        {
            await Ada.RequestAsync("{"), await Ada.StatusAsync(grant.Id, null), await Ada.StatusAsync("' or 1=1", grant.ReadToken),
            await Ada.ConfirmAsync(grant),
            await Ada.SendAsync(
                HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, new StringContent("[", Encoding.UTF8, "application/json")),
        })
            answer.Text.Should().NotContainAny(
                "   at ", "Exception", record.Bucket, record.StagingKey, record.FinalKey, "bob", "DirectUpload.");
    }

    [Theory]
    [InlineData("/uploads/../admin")]
    [InlineData("/uploads//0198c0de00000000000000000000beef")]
    [InlineData("/uploads/%2e%2e%2fadmin")]
    [InlineData("/uploads/0198c0de00000000000000000000beef%2fconfirm")]
    [InlineData("/uploads/0198c0de00000000000000000000beef;a=b/content")]
    [InlineData("/uploads/%00")]
    [InlineData("/uploads/%c0%ae%c0%ae")]
    [Attack(
        "addresses that become another address when they are decoded twice",
        "an id must be 32 hexadecimal digits; otherwise the answer is 404")]
    public async Task Url_AmbiguousPath_IsRefused(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: a\r\nTest-User: ada\r\nConnection: close\r\nUpload-Token: " +
            $"{UploadToken.Create().Value}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10))).Should().MatchRegex("^HTTP/1.1 (400|401|404|405) ");
    }
}
