using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class ContentAuthorizationTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Content_Owner_NeedsNoToken()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var grant = await ReadyAsync(app);
        var answer = await app.Client.As("ada").ContentAsync(grant.Id, null);
        (await new StorageClient(server.Http).GetAsync(answer.ShouldBe(302).Header("location")!)).Body.Should().Equal(TestFiles.Png());
        ShouldNotTravel(answer);
    }

    [Fact]
    public async Task Content_OtherUser_IsAnsweredLikeAWrongToken()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var grant = await ReadyAsync(app);
        var refused = await app.Client.As("eve").ContentAsync(grant.Id, null);
        refused.ShouldBeProblem(404, "not-found");
        ShouldNotTravel(refused);
        (await app.Client.ContentAsync(grant.Id, new string('A', 43))).Text.Should().Be(refused.Text);
        (await app.Client.As("eve").ContentAsync("0198f0c2a4b37d10b1e2c3d4e5f60718", null)).Text.Should().Be(refused.Text);
    }

    [Fact]
    public async Task Content_AnonymousUser_NeedsAToken()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var refused = await app.Client.ContentAsync((await ReadyAsync(app)).Id, null);
        refused.ShouldBeProblem(401, "token-missing");
        ShouldNotTravel(refused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_AnonymousUserWithToken_IsServed(bool inQuery)
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var grant = await ReadyAsync(app);
        var answer = inQuery
            ? await app.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?token={grant.ReadToken}")
            : await app.Client.ContentAsync(grant);
        ShouldNotTravel(answer.ShouldBe(302));
    }

    [Fact]
    public async Task Content_OwnerWithWrongToken_IsNotFound()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var grant = await ReadyAsync(app);
        (await app.Client.As("ada").ContentAsync(grant.Id, new string('A', 43))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Owner_WithoutToken_CanReadContentOnly()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.SignedIn());
        var grant = await ReadyAsync(app);
        var ada = app.Client.As("ada");
        (await ada.StatusAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.ConfirmAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.DeleteAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.ContentAsync("nonsense", null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Content_OfAnonymousUpload_NeedsAToken()
    {
        await using var app = await StartAsync(new TestHostOptions());
        var grant = await ReadyAsync(app);
        (await app.Client.ContentAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await app.Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    public async Task Content_OwnerFailsPolicy_IsRefused()
    {
        await using var app = await StartAsync(new TestHostOptions
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddAuthorizationBuilder().AddPolicy("allowed", policy => policy.RequireAssertion(asked =>
                    asked.Resource is Microsoft.AspNetCore.Http.HttpContext context
                    && !context.Request.Headers.ContainsKey("Test-Suspended")));
            },
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads").RequireAuthorization("allowed"),
        });
        var grant = await ReadyAsync(app);
        var suspended = app.Client.As("ada");
        suspended.Headers["Test-Suspended"] = "yes";
        (await suspended.ContentAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await app.Client.As("ada").ContentAsync(grant.Id, null)).ShouldBe(302);
    }

    [Fact]
    public async Task Content_OwnerFailsAttributeRequirement_IsRefused()
    {
        await using var app = await StartAsync(new TestHostOptions
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddSingleton<IAuthorizationHandler, NotSuspended>();
            },
            Pipeline = TestSignIn.Use,
            Map = host => host.MapDirectUploads("/uploads").WithMetadata(new NotSuspendedAttribute()),
        });
        var grant = await ReadyAsync(app);
        var suspended = app.Client.As("ada");
        suspended.Headers["Test-Suspended"] = "yes";
        (await suspended.RequestAsync(TestUploadRequest.Picture)).ShouldBe(403);
        (await suspended.ContentAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await app.Client.As("ada").ContentAsync(grant.Id, null)).ShouldBe(302);
    }

    [Fact]
    public async Task Content_OwnerUnderFallbackPolicy_NeedsNoToken()
    {
        await using var app = await StartAsync(RequestAuthorizationTests.Fallback());
        var grant = await ReadyAsync(app);
        (await app.Client.As("ada").ContentAsync(grant.Id, grant.ReadToken)).ShouldBe(302);
        (await app.Client.As("ada").ContentAsync(grant.Id, null)).ShouldBe(302);
        (await app.Client.As("eve").ContentAsync(grant.Id, null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Content_Refused_SendsNoReferrerAndIsNotCached()
    {
        await using var app = await StartAsync(new TestHostOptions());
        var grant = await app.Client.GrantAsync();
        ShouldNotTravel((await app.Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict"));
        ShouldNotTravel((await app.Client.ContentAsync(grant.Id, "wrong")).ShouldBeProblem(404, "not-found"));
        ShouldNotTravel((await app.Client.ContentAsync("wrong", null)).ShouldBeProblem(401, "token-missing"));
    }

    private static void ShouldNotTravel(ApiResponse answer)
    {
        answer.Header("referrer-policy").Should().Be("no-referrer");
        answer.Header("cache-control").Should().Be("no-store");
    }

    private Task<UploadApp> StartAsync(TestHostOptions choices) => UploadApp.StartAsync(server.S3, server.Bucket, choices);

    private async Task<Grant> ReadyAsync(UploadApp app)
    {
        var ada = app.Client.As("ada");
        var grant = await ada.GrantAsync();
        (await new StorageClient(server.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await ada.ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NotSuspendedAttribute : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
    }

    private sealed class NotSuspended : AuthorizationHandler<NotSuspendedAttribute>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NotSuspendedAttribute requirement)
        {
            if (context.Resource is Microsoft.AspNetCore.Http.HttpContext http && !http.Request.Headers.ContainsKey("Test-Suspended"))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
