using System.Net.Http.Json;
using System.Text.Encodings.Web;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What a mapping of the endpoints offers, to whom, and under which address.</summary>
public sealed class HostAndMappingAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, RedirectingSignIn>("Redirecting", null);
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/avatars", o => o.Profiles.Add("picture")).AllowAnonymous();
            app.MapDirectUploads("/staff").AllowAnonymous();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapDirectUploads("/signed-in")
                .RequireAuthorization(policy => policy.AddAuthenticationSchemes("Test", "Redirecting").RequireClaim("sub"));
            app.MapUppyUploads("/uppy-signed-in", "uppy")
                .RequireAuthorization(policy => policy.AddAuthenticationSchemes("Redirecting").RequireAuthenticatedUser());
            app.MapGet("/page", (Delegate)FormAsync);
        },
    };

    [Fact]
    [Attack(
        "requesting another profile at a mapping for one profile, or using it with the id and tokens of another profile's upload",
        "every call of a mapping that names its profiles answers as if no other profile existed")]
    public async Task Profile_NotOfTheMapping_DoesNotExist()
    {
        var avatars = App.ClientOf("/avatars");
        (await avatars.RequestAsync(TestUploadRequest.Picture with { Profile = "anything" })).ShouldBeProblem(400, "unknown-profile").Text
            .Should().NotContain("film");
        var (grant, unknown) = (await App.ClientOf("/staff").GrantAsync(TestUploadRequest.Picture with { Profile = "anything" }),
            UploadId.Create(DateTimeOffset.UtcNow).ToString());
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, ""), (HttpMethod.Get, "/parts"), (HttpMethod.Post, "/parts"), (HttpMethod.Post, "/renew"),
            (HttpMethod.Post, "/confirm"), (HttpMethod.Get, "/events"),
            (HttpMethod.Get, "/content"), (HttpMethod.Delete, ""), (HttpMethod.Get, "/return/L2dhbGxlcnk"),
        })
        {
            foreach (var token in new[] { grant.WriteToken, grant.ReadToken, null })
            {
                var body = method == HttpMethod.Post ? JsonContent.Create(new { partNumbers = new[] { 1 } }) : null;
                var refused = await avatars.SendAsync(method, $"/{grant.Id}{path}", token, body);
                var expected = await avatars.SendAsync(
                    method, $"/{unknown}{path}", token,
                    method == HttpMethod.Post ? JsonContent.Create(new { partNumbers = new[] { 1 } }) : null);
                (refused.Code, refused.Text).Should().Be((expected.Code, expected.Text), "{0} {1}", method, path);
                refused.Code.Should().BeOneOf([401, 404], "{0} {1}", method, path);
            }
        }

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
        (await avatars.StatusAsync(await avatars.GrantAsync())).ShouldBe(200);
    }

    [Fact]
    public async Task Mapping_UnknownProfileName_FailsAtStart()
    {
        var start = () => UploadApp.StartAsync(
            new TestHostOptions { Map = app => app.MapDirectUploads("/uploads", o => o.Profiles.Add("avatar")).AllowAnonymous() });
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*MapDirectUploads(\"/uploads\")*\"avatar\"*picture*");
    }

    [Fact]
    [Attack(
        "a forged Host header, to put another host into a ticket's address or into the address to which storage redirects a browser",
        "tickets have a path and no host; a form needs a configured address or a host that the application allows")]
    public async Task ForgedHost_IsInNoUrl()
    {
        (await SendAsync("evil.example", HttpMethod.Post, "/uppy/sign", new { method = "POST", key = "a.png" })).ShouldBe(200)["url"]
            .Should().Be("/uppy/sign/s3");
        (await SendAsync("evil.example", HttpMethod.Get, "/page", null)).ShouldBe(500).Text.Should().NotContain("evil");
        (await SendAsync("localhost:5080", HttpMethod.Get, "/page", null)).ShouldBe(200).Text.Should().StartWith("http://localhost:5080/");

        var configured = new Uri("https://app.example.com/sub");
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, new TestHostOptions
        {
            Services = TestSignIn.Add,
            Pipeline = TestSignIn.Use,
            Map = host =>
            {
                host.MapDirectUploads("/uploads", o => o.PublicBaseAddress = configured).AllowAnonymous();
                host.MapUppyUploads("/uppy", "uppy", o => o.PublicBaseAddress = configured).RequireAuthorization();
                host.MapGet("/page", (Delegate)FormAsync);
            },
        });
        (await SendAsync("evil.example", HttpMethod.Get, "/page", null, app)).ShouldBe(200).Text
            .Should().StartWith("https://app.example.com/sub/uploads/");
        (await SendAsync("evil.example", HttpMethod.Post, "/uppy/sign", new { method = "POST", key = "a.png" }, app)).ShouldBe(200)["url"]
            .Should().Be("https://app.example.com/sub/uppy/sign/s3");

        await using var filtered = await UploadApp.StartAsync(Server.S3, Bucket, new TestHostOptions
        {
            Services = services =>
                services.Configure<Microsoft.AspNetCore.HostFiltering.HostFilteringOptions>(o => o.AllowedHosts = ["*.example.com"]),
            Map = host =>
            {
                host.MapDirectUploads("/uploads").AllowAnonymous();
                host.MapGet("/page", (Delegate)FormAsync);
            },
        });
        (await SendAsync("app.example.com:8443", HttpMethod.Get, "/page", null, filtered)).ShouldBe(200).Text
            .Should().StartWith("http://app.example.com:8443/uploads/");
        (await SendAsync("evil.example", HttpMethod.Get, "/page", null, filtered)).Code.Should().BeOneOf(400, 500);
    }

    [Fact]
    [Attack(
        "opening tickets of another application that runs as the same user, with its keys in the same folder",
        "Uppy's endpoints use the application's own data protection, and are not mapped without it")]
    public async Task MapUppyUploads_WithoutDataProtection_FailsAtStart()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = "uploads";
            TestProfiles.AddTo(options);
        }).UseInMemoryStore();
        await using var app = builder.Build();
        app.Invoking(host => host.MapUppyUploads("/uppy", "uppy")).Should().Throw<InvalidOperationException>()
            .WithMessage("*AddDataProtection()*SetApplicationName*");
    }

    [Fact]
    [Attack(
        "causing a redirect of an API call to a sign-in page, which scripts follow and mistake for the answer",
        "every call answers 401 or 403 as problem details with a code, with every sign-in; no cookie is set")]
    public async Task Call_WithoutSignIn_Returns401WithoutRedirect()
    {
        var id = UploadId.Create(DateTimeOffset.UtcNow);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/signed-in"), (HttpMethod.Post, $"/signed-in/{id}/parts"), (HttpMethod.Get, $"/signed-in/{id}/parts"),
            (HttpMethod.Post, $"/signed-in/{id}/renew"),
            (HttpMethod.Post, $"/signed-in/{id}/confirm"), (HttpMethod.Get, $"/signed-in/{id}"),
            (HttpMethod.Get, $"/signed-in/{id}/events"), (HttpMethod.Delete, $"/signed-in/{id}"),
            (HttpMethod.Get, $"/signed-in/{id}/content"), (HttpMethod.Get, $"/signed-in/{id}/return/L2E"),
            (HttpMethod.Get, "/uppy-signed-in/s3/params?filename=a.png"),
            (HttpMethod.Post, "/uppy-signed-in/s3/multipart"), (HttpMethod.Get, "/uppy-signed-in/s3/multipart/1"),
            (HttpMethod.Get, "/uppy-signed-in/s3/multipart/1/batch"),
            (HttpMethod.Get, "/uppy-signed-in/s3/multipart/1/1"), (HttpMethod.Post, "/uppy-signed-in/s3/multipart/1/complete"),
            (HttpMethod.Delete, "/uppy-signed-in/s3/multipart/1"),
            (HttpMethod.Post, "/uppy-signed-in/confirm"), (HttpMethod.Post, "/uppy-signed-in/sign"),
        })
        {
            var refused = await App.ClientOf("").SendAsync(method, path);
            refused.ShouldBeProblem(401, path.EndsWith("/content", StringComparison.Ordinal) ? "token-missing" : "unauthorized");
            (refused.Header("location"), refused.Header("set-cookie")).Should().Be((null, null), path);
        }

        (await App.ClientOf("").As("ada").SendAsync(HttpMethod.Post, "/signed-in")).ShouldBeProblem(403, "forbidden").Header("location")
            .Should().BeNull();
        (await App.ClientOf("").SendAsync(HttpMethod.Post, "/signed-in")).Header("www-authenticate")
            .Should().Be("Redirecting", "a client learns how to sign in");
    }

    private static async Task<IResult> FormAsync(HttpContext context)
    {
        var form = await context.RequestUploadFormAsync(
            new UploadRequest { Profile = "form", FileName = "a.png", ContentType = "image/png", Size = null }, "/gallery");
        return Results.Text(form.Value!.Fields["success_action_redirect"]);
    }

    private async Task<ApiResponse> SendAsync(string host, HttpMethod method, string path, object? body, UploadApp? app = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Host = host;
        request.Headers.Add("Test-User", "ada");
        using var response = await (app ?? App).Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    /// <summary>As OpenID Connect does it: a challenge redirects, and keeps its state in a cookie.</summary>
    private sealed class RedirectingSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Cookies.Append("correlation", "1");
            Response.Headers.WWWAuthenticate = "Redirecting";
            Response.Redirect("https://login.example.com/");
            return Task.CompletedTask;
        }
    }
}
