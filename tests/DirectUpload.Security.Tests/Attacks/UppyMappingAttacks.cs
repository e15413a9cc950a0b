using System.Net.Http.Json;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Several mappings of Uppy's endpoints in one host: what one of them has allowed counts there alone.</summary>
public sealed class UppyMappingAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    // Same profile twice, a parameter in the pattern, another policy, another profile.
    private static readonly string[] Mappings = ["/docs", "/docs2", "/acme/docs", "/other/docs", "/film"];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly List<string> _asked = [];

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddSingleton<TimeProvider>(_clock);
            services.AddDirectUploads().AddAuthorizer(asked =>
            {
                _asked.Add(asked.Profile.Name);
                return asked.Profile.Name == "film" && asked.Caller.Owner != "boss"
                    ? UploadAuthorization.Deny("Films are for the boss.")
                    : UploadAuthorization.Allow;
            });
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapUppyUploads("/docs", "uppy").RequireAuthorization();
            app.MapUppyUploads("/docs2", "uppy").RequireAuthorization();
            app.MapUppyUploads("/{tenant}/docs", "uppy").RequireAuthorization();
            app.MapUppyUploads("/film", "film").RequireAuthorization();
        },
    };

    [Fact]
    [Attack(
        "replaying a Uppy ticket at another mapping, tenant or profile, for another call, or after it has expired",
        "a ticket is valid for one call of one upload at the mapping and profile that issued it, for ten minutes; every pair is tried")]
    public async Task Ticket_ReplayedElsewhere_IsRefused()
    {
        foreach (var issuer in Mappings)
        {
            var tickets = await TicketsAsync(issuer);
            foreach (var place in Mappings)
            {
                foreach (var (call, ticket) in tickets)
                {
                    foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Post }.Where(
                        method => place != issuer || method != MethodOf(call)))
                        (await S3Async(place, method, ticket)).Code
                            .Should().Be(403, "{0} of {1} by {2} at {3}", call, issuer, method, place);
                }
            }

            _clock.Advance(TimeSpan.FromMinutes(10));
            foreach (var (call, ticket) in tickets)
                (await S3Async(issuer, MethodOf(call), ticket)).Code.Should().Be(403, "{0} has expired", call);
        }
    }

    [Fact]
    [Attack(
        "creating an upload under a profile whose authorizer refuses, with a ticket of another profile",
        "an authorizer is asked about every profile; a ticket holds its answer and the profile it was given for")]
    public async Task CreateTicket_OfAnotherProfile_CreatesNoUpload()
    {
        var docs = (await SignAsync("ada", "/docs", new { method = "POST", key = "a.png" })).ShouldBe(200);
        (await SignAsync("ada", "/film", new { method = "POST", key = "a.png" })).ShouldBe(403).Text.Should().Contain("boss");

        (await S3Async("/film", HttpMethod.Post, TicketOf(docs))).ShouldBe(403);

        (await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEmpty();
        _asked.Should().Equal("uppy", "film");
    }

    [Fact]
    [Attack(
        "using the key and upload id of one mapping's upload at the mapping of another profile",
        "each mapping knows the uploads of its own profile only")]
    public async Task Key_AtAnotherProfile_IsUnknown()
    {
        var begun = (await App.ClientOf("/docs").As("boss").SendAsync(
            HttpMethod.Post, "/s3/multipart", null, JsonContent.Create(new { filename = "a.png", type = "image/png" }))).ShouldBe(200);
        (await SignAsync(
            "boss", "/film", new { method = "PUT", key = begun["key"], uploadId = begun["uploadId"], partNumber = 1 })).ShouldBe(400);
        (await SignAsync("boss", "/film", new { method = "DELETE", key = begun["key"] })).ShouldBe(400);
        (await App.Store.ListAsync(UploadFilter.ForOwner("boss"), 10)).Should().ContainSingle().Which.Status
            .Should().Be(UploadStatus.Requested);
    }

    private static HttpMethod MethodOf(string call) =>
        call switch { "list" => HttpMethod.Get, "abort" or "delete" => HttpMethod.Delete, _ => HttpMethod.Post };

    private static string TicketOf(ApiResponse signed) => signed.Json.GetProperty("headers").GetProperty("Upload-Ticket").GetString()!;

    private async Task<IReadOnlyList<(string Call, string Ticket)>> TicketsAsync(string mapping)
    {
        var begun = (await App.ClientOf(mapping).As("boss").SendAsync(
            HttpMethod.Post, "/s3/multipart", null, JsonContent.Create(new { filename = "a.png", type = "image/png" }))).ShouldBe(200);
        var (key, uploadId) = (begun["key"], begun["uploadId"]);
        var tickets = new List<(string, string)>();
        foreach (var (call, request) in new (string, object)[]
        {
            ("create", new { method = "POST", key = "a.png", contentType = "image/png" }), ("list", new { method = "GET", key, uploadId }),
            ("complete", new { method = "POST", key, uploadId }),
            ("abort", new { method = "DELETE", key, uploadId }), ("delete", new { method = "DELETE", key }),
        })
            tickets.Add((call, TicketOf((await SignAsync("boss", mapping, request)).ShouldBe(200))));
        return tickets;
    }

    private Task<ApiResponse> SignAsync(string user, string mapping, object request) =>
        App.ClientOf(mapping).As(user).SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(request));

    private async Task<ApiResponse> S3Async(string mapping, HttpMethod method, string ticket)
    {
        using var request = new HttpRequestMessage(method, mapping + "/sign/s3?uploads") { Content = new StringContent("") };
        request.Headers.TryAddWithoutValidation("Upload-Ticket", ticket);
        request.Content.Headers.ContentType = new("image/png");
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }
}
