using System.Net.Http.Json;
using System.Text.Json;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Pages of other sites and of sibling subdomains, in a browser that sends the user's cookies along.</summary>
public sealed class CrossSiteRequestAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const string AllowedOrigins = "https://app.example.com";

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddCors(cors =>
            {
                cors.AddDefaultPolicy(policy => policy.WithOrigins(AllowedOrigins).AllowAnyHeader().AllowAnyMethod().AllowCredentials());
                cors.AddPolicy("everybody", policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod());
            });
        },
        Pipeline = app =>
        {
            app.UseCors();
            TestSignIn.Use(app);
        },
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapUppyUploads("/public", "uppy").RequireAuthorization().RequireCors("everybody");
            app.MapGet("/page", async (HttpContext context) => (await context.RequestUploadFormAsync(
                new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, "/gallery")).Succeeded
                    ? Results.Ok()
                    : Results.StatusCode(403)).RequireAuthorization();
        },
    };

    private static readonly (string Name, string Value)[][] ForeignOrigins =
    [
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), ("Origin", "https://evil.example")],
        [("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors"), ("Origin", "https://evil.example.com")],
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors")],
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), ("Origin", "null")],
        [("Sec-Fetch-Site", "anything"), ("Origin", "https://evil.example")],
        [("Origin", "https://evil.example")],
        [("Origin", "null")],
        [("Referer", "https://evil.example/page")],
    ];

    [Fact]
    [Attack(
        "sending any call that changes something from a page of another site or a sibling subdomain, with the user's cookies",
        "such a request is refused unless the host's CORS policy admits its origin with credentials; for browsers without " +
        "Sec-Fetch-Site, Origin and Referer decide")]
    public async Task StateChangingCall_FromAForeignPage_IsRefused()
    {
        foreach (var headers in ForeignOrigins)
        {
            foreach (var (method, path, body) in Calls("/uppy"))
                (await SendAsync(method, path, body, headers)).Code
                    .Should().Be(403, "{0} {1} with {2}", method, path, string.Join(", ", headers));
        }

        (await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEmpty();
    }

    [Fact]
    [Attack(
        "the same where a CORS policy admits every origin, which is not meant for cookies",
        "a policy without credentials admits no request with credentials")]
    public async Task StateChangingCall_UnderAnAnyOriginPolicy_IsRefused()
    {
        foreach (var (method, path, body) in Calls("/public").Where(call => call.Path.StartsWith("/public", StringComparison.Ordinal)))
            (await SendAsync(method, path, body, ForeignOrigins[0])).Code.Should().Be(403);
    }

    [Fact]
    public async Task StateChangingCall_FromOwnPages_Succeeds()
    {
        var own = App.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        foreach (var headers in new (string, string)[][]
        {
            [],
            [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"), ("Origin", own)],
            [("Origin", own)],
            [("Referer", own + "/page")],
            [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), ("Origin", AllowedOrigins)],
            [("Origin", AllowedOrigins)],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://spa.example"), ("Authorization", "Bearer x")],
        })
        {
            foreach (var (method, path, body) in Calls("/uppy"))
                (await SendAsync(method, path, body, headers)).Code
                    .Should().NotBe(403, "{0} {1} with {2}", method, path, string.Join(", ", headers));
        }
    }

    [Fact]
    public async Task TokenCall_FromAForeignPage_IsLeftToCors()
    {
        var grant = await Client.As("ada").GrantAsync();
        foreach (var path in new[] { "confirm", "renew" })
            (await SendAsync(HttpMethod.Post, $"/uploads/{grant.Id}/{path}", null, [
                .. ForeignOrigins[0], ("Upload-Token", grant.WriteToken)])).Code.Should().NotBe(403);
        (await SendAsync(
            HttpMethod.Get, $"/uploads/{grant.Id}", null, [.. ForeignOrigins[0], ("Upload-Token", grant.ReadToken)])).ShouldBe(200);
    }

    [Fact]
    [Attack(
        "an image or a frame on another site's page that makes the user's browser render forms, to fill the user's quota",
        "a page with a form grants an upload only to a navigation of the whole tab")]
    public async Task Form_EmbeddedInAForeignPage_IsRefused()
    {
        foreach (var (mode, dest, status) in new[]
        {
            ("no-cors", "image", 403), ("navigate", "iframe", 403), ("cors", "empty", 403), ("navigate", "document", 200),
        })
            (await SendAsync(HttpMethod.Get, "/page", null, [
                ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)])).ShouldBe(status);
        (await SendAsync(HttpMethod.Get, "/page", null, [("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")])).ShouldBe(200);
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body)> Calls(string uppy) =>
    [
        (HttpMethod.Post, "/uploads", new { profile = "picture", fileName = "a.png", contentType = "image/png", size = 1000 }),
        (HttpMethod.Post, "/uploads/batch", new
        {
            uploads = new[] { new { profile = "picture", fileName = "a.png", contentType = "image/png", size = 1000 } },
        }),
        (HttpMethod.Get, uppy + "/s3/params?filename=a.png&type=image/png", null),
        (HttpMethod.Post, uppy + "/s3/multipart", new { filename = "a.png", type = "image/png" }),
        (HttpMethod.Get, uppy + "/s3/multipart/1/batch?key=a&partNumbers=1", null),
        (HttpMethod.Get, uppy + "/s3/multipart/1/1?key=a", null),
        (HttpMethod.Post, uppy + "/s3/multipart/1/complete?key=a", new { parts = Array.Empty<object>() }),
        (HttpMethod.Delete, uppy + "/s3/multipart/1?key=a", null),
        (HttpMethod.Post, uppy + "/confirm", new { key = "a" }),
        (HttpMethod.Post, uppy + "/sign", new { method = "PUT", key = "a.png", contentType = "image/png" }),
        (HttpMethod.Post, uppy + "/sign", new { method = "POST", key = "a.png" }),
    ];

    private async Task<ApiResponse> SendAsync(HttpMethod method, string path, object? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web),
        };
        request.Headers.Add("Test-User", "ada");
        request.Headers.Add("Cookie", "session=ada");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }
}
