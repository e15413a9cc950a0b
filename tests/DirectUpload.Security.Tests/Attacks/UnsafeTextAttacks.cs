#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Net.Http.Json;
using System.Text;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Text that some place where it is written can't take: XML, headers, addresses, stores.</summary>
public sealed class UnsafeTextAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private static readonly string[] Texts =
    [
        "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFE", "\u0378", "\uE000", "\uFEFF", "\uFFFD", "\u0001", "\u000B", "\u0085", "\u2028",
        "\u202E", "\u200F", "é", "写真", "😀", "\u0000", "\r\n", "\t", "\"", "'", "<", "&", "]]>",
        "%", "%FF", "\\", "/", "#", "?", "{", "^", "|", "`", " ", "a\u0301",
    ];

    protected override TestHostOptions HostOptions => new()
    {
        Map = app =>
        {
            app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapGet("/page", async (HttpContext context, string to) =>
            {
                try
                {
                    var form = await context.RequestUploadFormAsync(
                        new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, to);
                    return Results.Text(form.Value!.Fields["success_action_redirect"]);
                }
                catch (ArgumentException)
                {
                    return Results.BadRequest();
                }
            });
        },
    };

    [Fact]
    [Attack(
        "text that XML, headers, addresses or stores cannot represent (U+FFFE, halves of surrogate pairs, controls), in every field " +
        "of every call",
        "unrepresentable text is refused when it arrives, and the rest is encoded for each sink: no answer is a server error")]
    public async Task UnsafeText_InAnyField_IsNeverAServerError()
    {
        var grant = await Client.GrantAsync();
        var texts = Texts.Select(text => JsonEscaped(text)).Concat(["\\ud800", "\\udc00", "\\udfff\\ud800"]);
        foreach (var text in texts)
        {
            foreach (var (path, body) in new[]
            {
                ("/uploads", $$"""{"profile":"picture","fileName":"a{{text}}.png","contentType":"image/png","size":1000}"""),
                ("/uploads", $$"""{"profile":"p{{text}}","fileName":"a.png","contentType":"image/png","size":1000}"""),
                ("/uploads/batch", $$"""{"uploads":[{"profile":"p{{text}}","fileName":"a.png","contentType":"image/png","size":1}]}"""),
                ("/uploads", $$"""{"profile":"picture","fileName":"a.png","contentType":"image/p{{text}}","size":1000}"""),
                ("/uploads",
                    $$"""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"metadata":{"a{{text}}":"b{{text}}"} }"""),
                ("/uploads",
                    $$"""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"association":{"type":"t{{text}}","id":"i{{text}}"} }"""),
                ("/uploads",
                    $$"""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"method":"p{{text}}","checksumSha256":"{{text}}"}"""),
                ("/uppy/sign", $$"""{"method":"PUT","key":"k{{text}}","contentType":"image/p{{text}}","filename":"a{{text}}.png"}"""), (
                    "/uppy/sign",
                    $$"""{"method":"POST","key":"k{{text}}","contentType":"image/p{{text}}","metadata":{"n{{text}}":"{{text}}"} }"""),
                ("/uppy/sign", $$"""{"method":"PUT","key":"k{{text}}","uploadId":"u{{text}}","partNumber":1}"""),
                ("/uppy/confirm", $$"""{"key":"k{{text}}"}"""), ("/uppy/confirm", $$"""{"location":"http://a/staging/k{{text}}"}"""),
                ("/uppy/s3/multipart", $$"""{"filename":"a{{text}}.png","type":"image/p{{text}}","metadata":{"n":"{{text}}"} }"""),
                ("/uppy/s3/multipart/1/complete?key=a", $$"""{"parts":[{"PartNumber":1,"ETag":"{{text}}"}]}"""),
            })
                await SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));
            await SendAsync(
                HttpMethod.Post, $"/uploads/{grant.Id}/confirm",
                new StringContent($$"""{"parts":[{"partNumber":1,"etag":"{{text}}"}]}""", Encoding.UTF8, "application/json"),
                ("Upload-Token", grant.WriteToken));
        }

        foreach (var text in Texts)
        {
            var escaped = Uri.EscapeDataString(text);
            foreach (var path in new[]
            {
                $"/uppy/s3/params?filename=a{escaped}.png&type=image/p{escaped}&metadata[n{escaped}]=v{escaped}",
                $"/uppy/s3/multipart/u{escaped}?key=k{escaped}", $"/uppy/s3/multipart/u/batch?key=k{escaped}&partNumbers={escaped}",
                $"/uploads/{grant.Id}/content?variant={escaped}&token={grant.ReadToken}", $"/uploads/{grant.Id}/content?token={escaped}",
                $"/uploads/{escaped}", $"/uploads/{grant.Id}/return/{escaped}", $"/uploads/{escaped}/events?token={escaped}",
            })
                await SendAsync(HttpMethod.Get, path, null);
        }
    }

    [Fact]
    [Attack(
        "creating through a ticket with a content type that XML cannot represent, so that writing the refusal fails",
        "characters that XML cannot represent are replaced in every answer (found by review: it was a 500)")]
    public async Task Create_UnsafeContentType_IsRefusedInXml()
    {
        foreach (var type in new[] { "image/\uFFFE", "image/\uFFFF\u0378", "image/é😀", "image/]]>" })
        {
            var signed = (await App.ClientOf("/uppy").SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(
                new { method = "POST", key = "a.png", filename = "a.png" }))).ShouldBe(200);
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST {signed["url"]}?uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\nContent-Type: " +
                $"{type}\r\nUpload-Ticket: {signed.Json.GetProperty("headers").GetProperty("Upload-Ticket").GetString()}\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream());
            var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
            answer.Should().StartWith("HTTP/1.1 400");
            answer.Should().Contain("<Error>");
        }
    }

    [Fact]
    [Attack(
        "a return page whose address is not plain ASCII, so that the upload is stored and the redirect fails",
        "the address is percent-encoded when it is written (found by review: it was a 500)")]
    public async Task ReturnUrl_NonAscii_IsPercentEncoded()
    {
        foreach (var (to, location) in new[]
        {
            ("/galería", "/galer%C3%ADa?"), ("/a?name=Müller&b=%20", "/a?name=M%C3%BCller&b=%20&"), ("/写真#x", "/%E5%86%99%E7%9C%9F?"),
            ("/a b\"<>", "/a%20b%22%3C%3E?"), ("/\uFFFE😀", "/%EF%BF%BE%F0%9F%98%80?"), ("/a\\b", "/a%5Cb?"),
        })
        {
            using var page = await App.Http.GetAsync(new Uri("/page?to=" + Uri.EscapeDataString(to), UriKind.Relative));
            page.StatusCode.Should().Be(HttpStatusCode.OK, to);
            var back = new Uri(await page.Content.ReadAsStringAsync()).PathAndQuery;
            var returned = await new UploadClient(App.Http, "")
            {
                Headers = { ["Cookie"] = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0] },
            }.SendAsync(HttpMethod.Get, back);
            returned.ShouldBe(302).Header("location").Should().StartWith(location).And.MatchRegex("^[!-~]+$");
        }

        using var broken = await App.Http.GetAsync(new Uri("/page?to=%2F%ED%A0%80", UriKind.Relative));
        ((int)broken.StatusCode).Should().BeLessThan(500);
        LocalPath.IsValid("/\ud800").Should().BeFalse();
        LocalPath.IsValid("/a\udc00b").Should().BeFalse();
        LocalPath.IsValid("/😀").Should().BeTrue();
    }

    private static string JsonEscaped(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();

    private async Task SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(App.Http.BaseAddress!, path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode)
            .Should().BeLessThan(500, "{0} {1} {2}", method, path, content is null ? "" : await content.ReadAsStringAsync());
    }
}
