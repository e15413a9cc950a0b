using System.Net.Http.Json;
using System.Xml.Linq;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Uploads of visitors without an account: two visitors without an owner are not the same one.</summary>
public sealed class AnonymousUploadAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

    protected override TestHostOptions HostOptions => new()
    {
        Map = app =>
        {
            app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
            app.MapUppyUploads("/in-place", "in-place").AllowAnonymous();
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapGet("/page", async (HttpContext context) =>
            {
                var form = await context.RequestUploadFormAsync(
                    new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, "/gallery");
                return form.Succeeded
                    ? Results.Text(form.Value.Fields["success_action_redirect"])
                    : Results.Text(form.Error.Message, statusCode: 403);
            });
        },
    };

    private UploadClient Uppy => App.ClientOf("/uppy");

    [Fact]
    [Attack(
        "deleting, confirming, listing or signing parts of another visitor's upload by its id through Uppy's endpoints",
        "without an account the proof is the key, which contains 128 random bits: an id alone gives no access")]
    public async Task Id_OfAnAnonymousUpload_OpensNothing()
    {
        var (key, uploadId) = await BegunAsync();
        var id = UploadId.TryFindIn(key, out var found) ? found.ToString() : "";
        var record = await App.RecordAsync(id);
        record.Owner.Should().BeNull();
        key.Should().Be(record.StagingKey).And.MatchRegex("^staging/uppy/[0-9a-f]{32}-[A-Za-z0-9_-]{22}\\.png$");

        var unknown = (await Uppy.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}?key=staging/uppy/nothing.png")).ShouldBe(400).Text;
        foreach (var guess in new[]
        {
            id, $"staging/uppy/{id}.png", $"staging/uppy/{id}-{new string('A', 22)}.png", key[..^6] + Other(key[^6]) + key[^5..],
            key.ToUpperInvariant(), $"sealed.{id}", record.FinalKey, "",
        })
        {
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Get, $"/s3/multipart/{uploadId}?key={Uri.EscapeDataString(guess)}", null),
                (HttpMethod.Get, $"/s3/multipart/{uploadId}/1?key={Uri.EscapeDataString(guess)}", null),
                (HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?partNumbers=1&key={Uri.EscapeDataString(guess)}", null),
                (HttpMethod.Post, $"/s3/multipart/{uploadId}/complete?key={Uri.EscapeDataString(guess)}",
                    new { parts = Array.Empty<object>() }),
                (HttpMethod.Delete, $"/s3/multipart/{uploadId}?key={Uri.EscapeDataString(guess)}", null),
                (HttpMethod.Post, "/confirm", new { key = guess }),
                (HttpMethod.Post, "/confirm", new { location = $"http://127.0.0.1/{Server.Bucket}/{guess}" }),
                (HttpMethod.Post, "/sign", new { method = "DELETE", key = guess }),
                (HttpMethod.Post, "/sign", new { method = "DELETE", key = guess, uploadId }),
                (HttpMethod.Post, "/sign", new { method = "GET", key = guess, uploadId }),
                (HttpMethod.Post, "/sign", new { method = "POST", key = guess, uploadId }),
                (HttpMethod.Post, "/sign", new { method = "PUT", key = guess, uploadId, partNumber = 1 }),
            })
                (await Uppy.SendAsync(method, path, null, body is null ? null : JsonContent.Create(body))).ShouldBe(400).Text
                    .Should().Be(unknown, "{0} {1}", path, guess);
        }

        (await App.RecordAsync(id)).Status.Should().Be(UploadStatus.Requested);
        (await Uppy.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}?key={key}")).ShouldBe(200); // its own visitor goes on
        (await Uppy.SendAsync(HttpMethod.Delete, $"/s3/multipart/{uploadId}?key={key}")).ShouldBe(200);
    }

    [Fact]
    [Attack(
        "the same by the id of an upload that was created by signRequest, whose key the client gets before the record exists",
        "its client gets a sealed key in place of the id")]
    public async Task Id_OfASignedUpload_OpensNothing()
    {
        var signed = (await Uppy.SendAsync(
            HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "POST", key = "a.png" }))).ShouldBe(200);
        using var create = new HttpRequestMessage(HttpMethod.Post, signed["url"]) { Content = new StringContent("") };
        create.Headers.Add("Upload-Ticket", signed.Json.GetProperty("headers").GetProperty("Upload-Ticket").GetString());
        create.Content.Headers.ContentType = new("image/png");
        using var created = await App.Http.SendAsync(create);
        var answer = XDocument.Parse(await created.Content.ReadAsStringAsync()).Root!;
        var (uploadId, storedKey) = (answer.Element(S3 + "UploadId")!.Value, answer.Element(S3 + "Key")!.Value);
        UploadId.TryFindIn(storedKey, out var id).Should().BeTrue();

        signed["key"].Should().StartWith("sealed.").And.NotContain(id.ToString());
        (await Uppy.SendAsync(
            HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "DELETE", key = id.ToString() }))).ShouldBe(400);
        (await Uppy.SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(
            new { method = "PUT", key = id.ToString(), uploadId, partNumber = 1 }))).ShouldBe(400);
        (await Uppy.SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(
            new { method = "PUT", key = signed["key"], uploadId, partNumber = 1 }))).ShouldBe(200);
    }

    [Fact]
    [Attack(
        "reading the key of an anonymous upload that is finalized in place from its download link, and deleting it with that",
        "a key that readers see proves nothing, so Uppy's endpoints refuse such uploads to visitors without an account")]
    public async Task InPlace_WithoutOwner_IsRefused()
    {
        var inPlace = App.ClientOf("/in-place");
        (await inPlace.SendAsync(HttpMethod.Post, "/s3/multipart", null, JsonContent.Create(
            new { filename = "a.png", type = "image/png" }))).ShouldBe(403).Text.Should().Contain("in place");
        foreach (var method in new[] { "POST", "PUT" })
            (await inPlace.SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(
                new { method, key = "a.png", size = 10, contentType = "image/png" }))).ShouldBe(403).Text.Should().Contain("in place");
    }

    [Fact]
    [Attack(
        "opening the return address of a form without script, to confirm another visitor's upload or to read its status",
        "a visitor is identified by a secret in an HttpOnly cookie; the address alone is treated as unknown")]
    public async Task ReturnAddress_WithoutTheVisitorsCookie_IsUnknown()
    {
        using var page = await App.Http.GetAsync(new Uri("/page", UriKind.Relative));
        var back = new Uri(await page.Content.ReadAsStringAsync()).PathAndQuery;
        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        cookie.Should().Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/");

        (await App.ClientOf("").SendAsync(HttpMethod.Get, back)).ShouldBeProblem(404, "not-found");
        using var other = await App.Http.GetAsync(new Uri("/page", UriKind.Relative));
        (await ReturnAsync(back, other.Headers.GetValues("Set-Cookie").Single())).ShouldBeProblem(404, "not-found");
        (await ReturnAsync(back, cookie.Split(';')[0][..^2] + Other(cookie.Split(';')[0][^2]) + cookie.Split(';')[0][^1]))
            .ShouldBeProblem(404, "not-found");
        (await ReturnAsync(back, cookie)).ShouldBe(302).Header("location").Should().Contain("error=not-uploaded");
    }

    [Fact]
    [Attack(
        "the return address with an id of an upload that was requested through the API",
        "the visitor's secret makes the write token of its own forms only")]
    public async Task ReturnAddress_OfAnotherUpload_IsUnknown()
    {
        using var page = await App.Http.GetAsync(new Uri("/page", UriKind.Relative));
        var back = new Uri(await page.Content.ReadAsStringAsync()).PathAndQuery;
        var grant = await Client.GrantAsync();

        (await ReturnAsync($"/uploads/{grant.Id}/{string.Join('/', back.Split('/')[^2..])}", page.Headers.GetValues("Set-Cookie").Single()))
            .ShouldBeProblem(404, "not-found");
    }

    private static char Other(char letter) => letter == 'A' ? 'B' : 'A';

    private Task<ApiResponse> ReturnAsync(string path, string cookie) =>
        new UploadClient(App.Http, "") { Headers = { ["Cookie"] = cookie.Split(';')[0] } }.SendAsync(HttpMethod.Get, path);

    private async Task<(string Key, string UploadId)> BegunAsync()
    {
        var begun = (await Uppy.SendAsync(
            HttpMethod.Post, "/s3/multipart", null, JsonContent.Create(new { filename = "a.png", type = "image/png" }))).ShouldBe(200);
        return (begun["key"]!, begun["uploadId"]!);
    }
}
