using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class RequestAuthorizationTests
{
    [Fact]
    public async Task Request_NoAuthorizationConfigured_IsForbidden()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions { Map = host => host.MapDirectUploads("/uploads") });
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden")["detail"]
            .Should().Contain("RequireAuthorization").And.Contain("AllowAnonymous");
        (await app.Client.RequestAsync("broken")).ShouldBeProblem(403, "forbidden");
        (await app.Store.ListAsync(UploadFilter.ForOwner(null), 10, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task Request_SignedInButNotConfigured_IsForbidden()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Services = TestSignIn.Add,
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads"),
        });
        (await app.Client.As("ada").RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Request_OtherConventionsOnly_IsForbidden()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Map = host => host.MapDirectUploads("/uploads").WithDisplayName("uploads").WithMetadata("anything"),
        });
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task AllowAnonymous_Upload_HasNoOwner()
    {
        await using var app = await UploadApp.StartAsync();
        var grant = await app.Client.GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().BeNull();
    }

    [Fact]
    public async Task RequireAuthorization_SignedInUser_IsTheOwner()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(401);
        var grant = await app.Client.As("ada").GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().Be("ada");
        (await app.Store.ListAsync(UploadFilter.ForOwner("ada"), 10, TestContext.Current.CancellationToken)).Should().ContainSingle();
    }

    [Fact]
    public async Task Owner_WithoutNameIdentifier_IsTheSubjectClaim()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        var client = app.Client.As("ada");
        client.Headers["Test-Claim"] = "sub";
        (await app.RecordAsync((await client.GrantAsync()).Id)).Owner.Should().Be("ada");
    }

    [Fact]
    public async Task RequireAuthorization_NamedPolicy_IsApplied()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddAuthorizationBuilder().AddPolicy("subjects", policy => policy.RequireClaim("sub"));
            },
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads").RequireAuthorization("subjects"),
        });
        (await app.Client.As("ada").RequestAsync(TestUploadRequest.Picture)).ShouldBe(403);
        var subject = app.Client.As("ada");
        subject.Headers["Test-Claim"] = "sub";
        (await subject.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
    }

    [Fact]
    public async Task Request_FallbackPolicy_IsApplied()
    {
        await using var app = await UploadApp.StartAsync(Fallback());
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(401);
        var grant = await app.Client.As("ada").GrantAsync();
        (await app.RecordAsync(grant.Id)).Owner.Should().Be("ada");
    }

    [Fact]
    public async Task Request_DeniedByAuthorizer_LeavesNoRecord()
    {
        UploadRequestSeen? seen = null;
        await using var app = await UploadApp.StartAsync(Asked(SignedIn(), asked =>
        {
            seen = new(asked.Caller.User!.Identity!.IsAuthenticated, asked.Profile.Name, asked.Request.Association?.Id);
            return asked.Profile.Name == "picture"
                ? UploadAuthorization.Deny("Pictures are for members. Become one.")
                : UploadAuthorization.Allow;
        }));
        var ada = app.Client.As("ada");
        (await ada.RequestAsync(TestUploadRequest.Picture with { Association = new { type = "album", id = "7" } }))
            .ShouldBeProblem(403, "forbidden")["detail"].Should().Be("Pictures are for members. Become one.");
        seen.Should().Be(new UploadRequestSeen(true, "picture", "7"));
        (await app.Store.ListAsync(UploadFilter.ForOwner("ada"), 10, TestContext.Current.CancellationToken)).Should().BeEmpty();
        (await ada.RequestAsync(TestUploadRequest.Form)).ShouldBe(201);
    }

    [Fact]
    public async Task Request_UserClaims_NarrowTheProfile()
    {
        await using var app = await UploadApp.StartAsync(Asked(SignedIn(), asked =>
            asked.Caller.User!.HasClaim(ClaimTypes.NameIdentifier, "ada")
                ? UploadAuthorization.Allow
                : new UploadAuthorization { MaxSize = 500, ContentTypes = ["image/png"] }));
        (await app.Client.As("ada").RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
        (await app.Client.As("eve").RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(413, "too-large");
        (await app.Client.As("eve").RequestAsync(TestUploadRequest.Picture with
        {
            Size = 500,
            ContentType = "image/jpeg",
            FileName = "a.jpg",
        })).ShouldBeProblem(415, "type-not-allowed");
        (await app.Client.As("eve").RequestAsync(TestUploadRequest.Picture with { Size = 500 })).ShouldBe(201);
    }

    [Fact]
    public async Task Authorizer_Registered_DoesNotReplaceAuthorization()
    {
        await using var app = await UploadApp.StartAsync(
            Asked(new TestHostOptions { Map = host => host.MapDirectUploads("/uploads") }, _ => UploadAuthorization.Allow));
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Request_CustomOwnerResolver_SetsTheOwner()
    {
        await using var app = await UploadApp.StartAsync(
            SignedIn(options => options.OwnerResolver = context => $"tenant/{context.Request.Headers["Test-User"]}"));
        (await app.RecordAsync((await app.Client.As("ada").GrantAsync()).Id)).Owner.Should().Be("tenant/ada");
    }

    [Fact]
    public async Task Quota_IsCountedPerOwner()
    {
        await using var app = await UploadApp.StartAsync(SignedIn());
        var wanted = TestUploadRequest.Picture with { Profile = "one-at-a-time" };
        (await app.Client.As("ada").RequestAsync(wanted)).ShouldBe(201);
        (await app.Client.As("ada").RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded");
        (await app.Client.As("bob").RequestAsync(wanted)).ShouldBe(201);
    }

    [Fact]
    public async Task RateLimit_AppliesToEveryOperation()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Services = services => services.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = 429;
                limits.AddFixedWindowLimiter("uploads", window => (window.PermitLimit, window.Window, window.QueueProcessingOrder) = (2,
                    TimeSpan.FromHours(1), QueueProcessingOrder.OldestFirst));
            }),
            Pipeline = host => host.UseRateLimiter(),
            Map = host => host.MapDirectUploads("/uploads").AllowAnonymous().RequireRateLimiting("uploads"),
        });
        var grant = await app.Client.GrantAsync();
        (await app.Client.StatusAsync(grant)).ShouldBe(200);
        (await app.Client.StatusAsync(grant)).ShouldBe(429);
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(429);
        (await app.Client.ContentAsync(grant)).ShouldBe(429);
    }

    private static TestHostOptions Asked(
        TestHostOptions choices, Func<UploadAuthorizationContext, UploadAuthorization> authorize) => choices with
        {
            Services = services =>
            {
                choices.Services(services);
                services.AddDirectUploads().AddAuthorizer(authorize);
            },
        };

    internal static TestHostOptions SignedIn(Action<DirectUploadEndpointOptions>? configure = null) => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = host => host.MapDirectUploads("/uploads", configure).RequireAuthorization(),
    };

    internal static TestHostOptions Fallback() => new()
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
