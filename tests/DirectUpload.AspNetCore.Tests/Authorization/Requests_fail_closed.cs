using System.Security.Claims;
using System.Threading.RateLimiting;
using DirectUpload.Profiles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class Requests_fail_closed
{
    [Fact]
    public async Task Where_nothing_was_said_nobody_may_upload()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices { Map = host => host.MapDirectUploads("/uploads") });
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBeProblem(403, "forbidden")["detail"].Should().Contain("RequireAuthorization").And.Contain("AllowAnonymous");
        (await app.Client.RequestAsync("broken")).ShouldBeProblem(403, "forbidden");
        (await app.Store.ListByOwnerAsync(null, 10, null, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task Where_nothing_was_said_a_signed_in_user_may_not_either()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices
        {
            Services = TestSignIn.Add,
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads"),
        });
        (await app.Client.As("ada").RequestAsync(Wanted.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Other_conventions_are_no_authorisation()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices
        {
            Map = host => host.MapDirectUploads("/uploads").WithDisplayName("uploads").WithMetadata("anything"),
        });
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task AllowAnonymous_lets_everybody_upload_without_an_owner()
    {
        await using var app = await UploadApp.StartAsync();
        var grant = await app.Client.GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().BeNull();
    }

    [Fact]
    public async Task RequireAuthorization_refuses_strangers_and_records_who_came()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBe(401);
        var grant = await app.Client.As("ada").GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().Be("ada");
        (await app.Store.ListByOwnerAsync("ada", 10, null, TestContext.Current.CancellationToken)).Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_name_identifier_the_subject_claim_is_the_owner()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        var client = app.Client.As("ada");
        client.Headers["Test-Claim"] = "sub";
        (await app.RecordAsync((await client.GrantAsync()).Id)).Owner.Should().Be("ada");
    }

    [Fact]
    public async Task A_named_policy_decides()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddAuthorizationBuilder().AddPolicy("subjects", policy => policy.RequireClaim("sub"));
            },
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads").RequireAuthorization("subjects"),
        });
        (await app.Client.As("ada").RequestAsync(Wanted.Picture)).ShouldBe(403);
        var subject = app.Client.As("ada");
        subject.Headers["Test-Claim"] = "sub";
        (await subject.RequestAsync(Wanted.Picture)).ShouldBe(201);
    }

    [Fact]
    public async Task A_fallback_policy_counts()
    {
        await using var app = await UploadApp.StartAsync(Fallback());
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBe(401);
        var grant = await app.Client.As("ada").GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().Be("ada");
    }

    [Fact]
    public async Task A_request_that_the_host_forbids_is_refused_and_leaves_no_record()
    {
        UploadRequestSeen? seen = null;
        await using var app = await UploadApp.StartAsync(Asked(SignedIn(), asked =>
        {
            seen = new(asked.Caller.User!.Identity!.IsAuthenticated, asked.Profile.Name, asked.Request.Association?.Id);
            return asked.Profile.Name == "picture" ? UploadAuthorization.Refuse("Pictures are for members. Become one.") : UploadAuthorization.Allow;
        }));
        var ada = app.Client.As("ada");
        (await ada.RequestAsync(Wanted.Picture with { Association = new { type = "album", id = "7" } })).ShouldBeProblem(403, "forbidden")["detail"].Should().Be("Pictures are for members. Become one.");
        seen.Should().Be(new UploadRequestSeen(true, "picture", "7"));
        (await app.Store.ListByOwnerAsync("ada", 10, null, TestContext.Current.CancellationToken)).Should().BeEmpty();
        (await ada.RequestAsync(Wanted.Form)).ShouldBe(201);
    }

    [Fact]
    public async Task A_users_claims_may_narrow_the_profile()
    {
        await using var app = await UploadApp.StartAsync(Asked(SignedIn(), asked =>
            asked.Caller.User!.HasClaim(ClaimTypes.NameIdentifier, "ada") ? UploadAuthorization.Allow : UploadAuthorization.Within(new() { MaxSize = 500, ContentTypes = ["image/png"] })));
        (await app.Client.As("ada").RequestAsync(Wanted.Picture)).ShouldBe(201);
        (await app.Client.As("eve").RequestAsync(Wanted.Picture)).ShouldBeProblem(413, "too-large");
        (await app.Client.As("eve").RequestAsync(Wanted.Picture with { Size = 500, ContentType = "image/jpeg", FileName = "a.jpg" })).ShouldBeProblem(415, "type-not-allowed");
        (await app.Client.As("eve").RequestAsync(Wanted.Picture with { Size = 500 })).ShouldBe(201);
    }

    [Fact]
    public async Task An_authorizer_comes_on_top_of_authorisation_never_instead()
    {
        await using var app = await UploadApp.StartAsync(Asked(new HostChoices { Map = host => host.MapDirectUploads("/uploads") }, _ => UploadAuthorization.Allow));
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task The_host_may_say_who_the_owner_is()
    {
        await using var app = await UploadApp.StartAsync(SignedIn(options => options.Owner = context => $"tenant/{context.Request.Headers["Test-User"]}"));
        (await app.RecordAsync((await app.Client.As("ada").GrantAsync()).Id)).Owner.Should().Be("tenant/ada");
    }

    [Fact]
    public async Task One_owners_quota_is_not_anothers()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        var wanted = Wanted.Picture with { Profile = "one-at-a-time" };
        (await app.Client.As("ada").RequestAsync(wanted)).ShouldBe(201);
        (await app.Client.As("ada").RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded");
        (await app.Client.As("bob").RequestAsync(wanted)).ShouldBe(201);
    }

    [Fact]
    public async Task A_rate_limit_holds_for_all_of_them()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices
        {
            Services = services => services.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = 429;
                limits.AddFixedWindowLimiter("uploads", window => (window.PermitLimit, window.Window, window.QueueProcessingOrder) = (2, TimeSpan.FromHours(1), QueueProcessingOrder.OldestFirst));
            }),
            Pipeline = host => host.UseRateLimiter(),
            Map = host => host.MapDirectUploads("/uploads").AllowAnonymous().RequireRateLimiting("uploads"),
        });
        var grant = await app.Client.GrantAsync();
        (await app.Client.StatusAsync(grant)).ShouldBe(200);
        (await app.Client.StatusAsync(grant)).ShouldBe(429);
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBe(429);
        (await app.Client.ContentAsync(grant)).ShouldBe(429);
    }

    private static HostChoices Asked(HostChoices choices, Func<UploadAuthorizationContext, UploadAuthorization> authorize) => choices with
    {
        Services = services =>
        {
            choices.Services(services);
            services.AddDirectUploads().AddAuthorizer(authorize);
        },
    };

    internal static HostChoices SignedIn(Action<DirectUploadEndpointOptions>? configure = null) => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = host => host.MapDirectUploads("/uploads", configure).RequireAuthorization(),
    };

    internal static HostChoices Fallback() => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        },
        Pipeline = TestSignIn.Use,
        Map = host => host.MapDirectUploads("/uploads"),
    };

    private sealed record UploadRequestSeen(bool SignedIn, string Profile, string? AssociationId);
}
