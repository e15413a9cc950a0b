using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Authorization;

public sealed class Content_is_for_its_owner_or_a_token(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task The_owner_needs_no_token()
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var grant = await ReadyAsync(app);
        var answer = await app.Client.As("ada").ContentAsync(grant.Id, null);
        (await new Browser(server.Http).GetAsync(answer.ShouldBe(302).Header("location")!)).Body.Should().Equal(Bytes.Png());
        ShouldNotTravel(answer);
    }

    [Fact]
    public async Task Another_user_is_told_what_a_stranger_with_a_wrong_token_is()
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var grant = await ReadyAsync(app);
        var refused = await app.Client.As("eve").ContentAsync(grant.Id, null);
        refused.ShouldBeProblem(404, "not-found");
        ShouldNotTravel(refused);
        (await app.Client.ContentAsync(grant.Id, new string('A', 43))).Text.Should().Be(refused.Text);
        (await app.Client.As("eve").ContentAsync("0198f0c2a4b37d10b1e2c3d4e5f60718", null)).Text.Should().Be(refused.Text);
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_token()
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var refused = await app.Client.ContentAsync((await ReadyAsync(app)).Id, null);
        refused.ShouldBeProblem(401, "token-missing");
        ShouldNotTravel(refused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_token_suffices_for_somebody_who_is_not_signed_in(bool inQuery)
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var grant = await ReadyAsync(app);
        var answer = inQuery
            ? await app.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?token={grant.ReadToken}")
            : await app.Client.ContentAsync(grant);
        ShouldNotTravel(answer.ShouldBe(302));
    }

    [Fact]
    public async Task A_wrong_token_is_not_made_good_by_being_the_owner()
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var grant = await ReadyAsync(app);
        (await app.Client.As("ada").ContentAsync(grant.Id, new string('A', 43))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Being_the_owner_opens_nothing_but_content()
    {
        await using var app = await StartAsync(Requests_fail_closed.SignedIn());
        var grant = await ReadyAsync(app);
        var ada = app.Client.As("ada");
        (await ada.StatusAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.ConfirmAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.DeleteAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await ada.ContentAsync("nonsense", null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Where_everybody_may_upload_nobody_owns_anything()
    {
        await using var app = await StartAsync(new HostChoices());
        var grant = await ReadyAsync(app);
        (await app.Client.ContentAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await app.Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    public async Task A_policy_that_the_owner_does_not_meet_keeps_content_from_them()
    {
        await using var app = await StartAsync(new HostChoices
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddAuthorizationBuilder().AddPolicy("allowed", policy => policy.RequireAssertion(asked =>
                    asked.Resource is Microsoft.AspNetCore.Http.HttpContext context && !context.Request.Headers.ContainsKey("Test-Suspended")));
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
    public async Task A_requirement_in_an_attribute_that_the_owner_does_not_meet_keeps_content_from_them()
    {
        await using var app = await StartAsync(new HostChoices
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
        (await suspended.RequestAsync(Wanted.Picture)).ShouldBe(403);
        (await suspended.ContentAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await app.Client.As("ada").ContentAsync(grant.Id, null)).ShouldBe(302);
    }

    [Fact]
    public async Task Under_a_fallback_policy_the_owner_needs_no_token_either()
    {
        await using var app = await StartAsync(Requests_fail_closed.Fallback());
        var grant = await ReadyAsync(app);
        (await app.Client.As("ada").ContentAsync(grant.Id, grant.ReadToken)).ShouldBe(302);
        (await app.Client.As("ada").ContentAsync(grant.Id, null)).ShouldBe(302);
        (await app.Client.As("eve").ContentAsync(grant.Id, null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Every_refusal_of_content_stays_where_it_is()
    {
        await using var app = await StartAsync(new HostChoices());
        var grant = await app.Client.GrantAsync();
        ShouldNotTravel((await app.Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict"));
        ShouldNotTravel((await app.Client.ContentAsync(grant.Id, "wrong")).ShouldBeProblem(404, "not-found"));
        ShouldNotTravel((await app.Client.ContentAsync("wrong", null)).ShouldBeProblem(401, "token-missing"));
    }

    private static void ShouldNotTravel(Answer answer)
    {
        answer.Header("referrer-policy").Should().Be("no-referrer");
        answer.Header("cache-control").Should().Be("no-store");
    }

    private Task<UploadApp> StartAsync(HostChoices choices) => UploadApp.StartAsync(server.S3, server.Bucket, choices);

    private async Task<Grant> ReadyAsync(UploadApp app)
    {
        var ada = app.Client.As("ada");
        var grant = await ada.GrantAsync();
        (await new Browser(server.Http).UploadAsync(grant, Bytes.Png())).ShouldBe(200);
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
