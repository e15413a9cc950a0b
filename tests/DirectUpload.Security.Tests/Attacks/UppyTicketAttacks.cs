using System.Text.Json;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Uppy's endpoints, where a key or a ticket stands for an upload.</summary>
public sealed class UppyTicketAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddSingleton<TimeProvider>(_clock);
        },
        Pipeline = TestSignIn.Use,
        Map = app => app.MapUppyUploads("/uppy", "uppy").RequireAuthorization(),
    };

    [Fact]
    [Attack(
        "signing parts, listing, ending or confirming with another user's key",
        "a key leads to a record, and the record has an owner; an unknown key and another user's key get the same answer")]
    public async Task Key_OfAnotherUser_IsAnsweredLikeAnUnknownOne()
    {
        var (key, uploadId) = await BegunAsync("ada");
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/s3/multipart/{uploadId}?key={Uri.EscapeDataString(key)}", null),
            (HttpMethod.Get, $"/s3/multipart/{uploadId}/1?key={Uri.EscapeDataString(key)}", null),
            (HttpMethod.Post, $"/s3/multipart/{uploadId}/complete?key={Uri.EscapeDataString(key)}", new { parts = Array.Empty<object>() }),
            (HttpMethod.Delete, $"/s3/multipart/{uploadId}?key={Uri.EscapeDataString(key)}", null),
            (HttpMethod.Post, "/confirm", new { key }),
            (HttpMethod.Post, "/sign", new { method = "PUT", key, uploadId, partNumber = 1 }),
        })
        {
            var foreign = await SendAsync("eve", method, path, body);
            foreign.Code.Should().Be(400);
            foreign.Text.Should().Be((await SendAsync("eve", method, path.Replace(key[..8], "staginX/"), body is null
                ? null
                : JsonSerializer.Deserialize<object>(JsonSerializer.Serialize(body).Replace(key[..8], "staginX/")))).Text);
        }
    }

    [Fact]
    [Attack(
        "using a ticket for another call than the one it was issued for, or changing it",
        "a ticket is sealed, and names one call of one upload")]
    public async Task Ticket_ForAnotherCallOrAltered_IsRefused()
    {
        var ticket = await TicketAsync("ada");
        foreach (var (method, query) in new[]
        {
            (HttpMethod.Get, "?uploadId=1"), (HttpMethod.Delete, "?uploadId=1"), (HttpMethod.Delete, ""),
        })
            (await S3Async(method, query, ticket)).Code.Should().BeInRange(400, 404);
        var changed = Convert.FromBase64String(ticket);
        changed[^1] ^= 1;
        foreach (var forged in new[] { Convert.ToBase64String(changed), "", "AAAA", "not base64!", ticket[..^4], ticket + ticket })
            (await S3Async(HttpMethod.Post, "?uploads", forged)).Code.Should().BeInRange(400, 404);
    }

    [Fact]
    [Attack("keeping a ticket for later", "it is valid for ten minutes")]
    public async Task Ticket_Expired_IsRefused()
    {
        var ticket = await TicketAsync("ada");
        _clock.Advance(TimeSpan.FromMinutes(10));

        (await S3Async(HttpMethod.Post, "?uploads", ticket)).Code.Should().BeInRange(400, 404);
    }

    [Fact]
    [Attack("using one ticket many times, for many uploads", "it contains the id of its upload, so there is only one upload")]
    public async Task Ticket_Reused_CreatesOneUpload()
    {
        var ticket = await TicketAsync("ada");
        for (var i = 0; i < 20; i++)
            await S3Async(HttpMethod.Post, "?uploads", ticket);

        (await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 100)).Should().HaveCount(1);
    }

    [Fact]
    [Attack(
        "broken UTF-8, or half a surrogate pair, in the metadata of a file, to cause a server error",
        "it is read immediately, and refused as invalid JSON (found by fuzzing: it was a 500)")]
    public async Task Notes_InvalidUnicode_IsABadRequest()
    {
        foreach (var path in new[] { "/s3/multipart", "/sign" })
        {
            foreach (var text in new byte[][] { [0xE1], [.. "\\ud800"u8] })
            {
                byte[] body =
                [
                    .. """{"filename":"a.png","type":"image/png","method":"POST","key":"a.png","metadata":{"name":"x"""u8, .. text,
                    .. "\"}}"u8,
                ];
                using var request = new HttpRequestMessage(HttpMethod.Post, "/uppy" + path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.Add("Test-User", "ada");
                using var answer = await App.Http.SendAsync(request);
                ((int)answer.StatusCode).Should().Be(400);
            }
        }
    }

    [Fact]
    [Attack("asking Uppy's endpoints without signing in", "they fail closed, as the others do")]
    public async Task Calls_WithoutSignIn_AreRefused()
    {
        (await App.ClientOf("/uppy").SendAsync(HttpMethod.Get, "/s3/params?filename=a.png&type=image/png")).ShouldBe(401);
        (await App.ClientOf("/uppy").SendAsync(
            HttpMethod.Post, "/sign", null, System.Net.Http.Json.JsonContent.Create(new { method = "PUT", key = "a.png" }))).ShouldBe(401);
    }

    private async Task<(string Key, string UploadId)> BegunAsync(string user)
    {
        var begun = (await SendAsync(
            user, HttpMethod.Post, "/s3/multipart", new { filename = "a.png", type = "image/png", metadata = new { } })).ShouldBe(200);
        return (begun["key"]!, begun["uploadId"]!);
    }

    private async Task<string> TicketAsync(string user) =>
        (await SendAsync(user, HttpMethod.Post, "/sign", new
        {
            method = "POST",
            key = "a.png",
            contentType = "image/png",
            filename = "a.png",
        })).ShouldBe(200)
            .Json.GetProperty("headers").EnumerateObject().Single().Value.GetString()!;

    private Task<ApiResponse> SendAsync(string user, HttpMethod method, string path, object? body) =>
        App.ClientOf("/uppy").As(user).SendAsync(method, path, null, body is null ? null : System.Net.Http.Json.JsonContent.Create(body));

    private async Task<ApiResponse> S3Async(HttpMethod method, string query, string ticket)
    {
        using var request = new HttpRequestMessage(method, "/uppy/sign/s3" + query);
        request.Headers.TryAddWithoutValidation("Upload-Ticket", ticket);
        request.Content = new StringContent("");
        request.Content.Headers.ContentType = new("image/png");
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }
}
