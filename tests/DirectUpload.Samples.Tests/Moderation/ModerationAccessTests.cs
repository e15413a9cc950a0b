using System.Net;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.AspNetCore;

namespace DirectUpload.Samples.Tests.Moderation;

/// <summary>Who may decide in samples/Moderation.</summary>
public sealed class ModerationAccessTests(ModerationFactory application) : IClassFixture<ModerationFactory>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Moderation_NotAModerator_IsRefused(bool isVisitor)
    {
        using var owner = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await owner.UploadAsync();
        await moderator.WaitForReviewAsync(upload);
        using var other = isVisitor ? owner : application.Open();

        foreach (var answer in new[]
        {
            await other.Http.GetAsync("/moderation", CancellationToken), await other.GetPreviewAsync(upload),
            await other.AcceptAsync(upload), await other.RejectAsync(upload, "nudity"),
        })
        {
            answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
            answer.Headers.Location!.AbsolutePath.Should().Be("/sign-in");
        }

        await moderator.WaitForReviewAsync(upload);
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Reject")]
    public async Task Decide_WithoutAntiforgeryToken_IsRefused(string handler)
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);

        foreach (var token in new[] { null, "forged" })
        {
            var answer = await moderator.SendFormAsync($"/moderation?id={upload.Id}&handler={handler}", token, ("reason", "nudity"));
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        }

        await moderator.WaitForReviewAsync(upload);
    }

    [Fact]
    public async Task Pages_InAFrameOrWithForeignScript_AreRefusedByTheBrowser()
    {
        using var moderator = await application.VisitAsModeratorAsync();

        foreach (var path in new[] { "/", "/moderation", "/sign-in" })
        {
            var answer = await moderator.Http.GetAsync(path, CancellationToken);
            answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle()
                .Which.Should().Contain("frame-ancestors 'none'").And.Contain("script-src 'self';");
            (await answer.Content.ReadAsStringAsync(CancellationToken)).Should().NotMatchRegex("<script(?![^>]* src=)| style=| on[a-z]+=");
        }
    }

    [Fact]
    public async Task Pages_FileNameWithMarkup_EncodeIt()
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync("\"><img src=x>.png");

        var page = await moderator.WaitForReviewAsync(upload);
        await moderator.AcceptAsync(upload);
        page += await moderator.Http.GetStringAsync("/moderation", CancellationToken);
        await visitor.WaitForAsync(upload, "ready");
        page += await visitor.Http.GetStringAsync("/", CancellationToken);

        page.Should().Contain("&quot;&gt;&lt;img src=x&gt;.png is accepted.").And.NotContain("<img src=x");
    }

    [Fact]
    public async Task SignIn_WrongPassword_GivesNoAccess()
    {
        using var visitor = application.Open();

        (await visitor.SignInAsync("another password")).StatusCode.Should().Be(HttpStatusCode.OK);

        (await visitor.Http.GetAsync("/moderation", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_NoPasswordConfigured_GivesNoAccess()
    {
        await using var locked = new ModerationFactory { Settings = { ["Moderation:Password"] = string.Empty } };
        using var visitor = locked.Open();

        (await visitor.SignInAsync(string.Empty)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await visitor.Http.GetAsync("/moderation", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignOut_KeepsTheVisitorsPictures()
    {
        using var visitor = await application.VisitAsync();
        await visitor.UploadAsync("mine.png");
        await visitor.SignInAsync(ModerationFactory.Password);
        (await visitor.Http.GetAsync("/moderation", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.OK);

        await visitor.SignOutAsync();

        (await visitor.Http.GetAsync("/moderation", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await visitor.Http.GetStringAsync("/", CancellationToken)).Should().Contain("mine.png");
    }

    [Fact]
    public async Task Address_WithoutRules_IsForSignedInUsers()
    {
        using var anonymous = application.Open();

        (await anonymous.Http.GetAsync("/uploads?mine", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await anonymous.Http.PostAsync("/decisions/moderation", null, CancellationToken)).StatusCode
            .Should().Be(HttpStatusCode.Redirect, "no secret is configured, so there is no endpoint");
    }

    [Fact]
    public async Task Callback_Signed_Decides()
    {
        var secret = WebhookSecret.Create();
        await using var called = new ModerationFactory { Settings = { ["Moderation:Secret"] = secret } };
        using var visitor = await called.VisitAsync();
        using var moderator = await called.VisitAsModeratorAsync();
        using var service = called.Open();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);
        var body = $$"""{"uploadId": "{{upload.Id}}", "decision": "reject", "code": "nudity", "detail": "Not here."}""";

        (await SendAsync(service, WebhookSecret.Create(), body)).Should().Be(HttpStatusCode.Unauthorized);
        await moderator.WaitForReviewAsync(upload);
        (await SendAsync(service, secret, body)).Should().Be(HttpStatusCode.NoContent);

        (await visitor.WaitForAsync(upload, "rejected")).GetProperty("error").GetProperty("detail").GetString().Should().Be("Not here.");
    }

    private static async Task<HttpStatusCode> SendAsync(ModerationVisitor service, string secret, string body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/decisions/moderation")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        var (id, time) = ($"msg_{Guid.NewGuid():N}", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));
        message.Headers.Add("webhook-id", id);
        message.Headers.Add("webhook-timestamp", time);
        message.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        return (await service.Http.SendAsync(message, CancellationToken)).StatusCode;
    }
}
