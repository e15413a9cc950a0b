using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Moderation;

/// <summary>samples/Moderation from the upload to the decision, in two browsers.</summary>
public sealed class ModerationTests(ModerationFixture fixture) : IClassFixture<ModerationFixture>
{
    public static TheoryData<int, ColorScheme> Views =>
        new MatrixTheoryData<int, ColorScheme>([390, 1280], [ColorScheme.Light, ColorScheme.Dark]);

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Decisions_OfAModerator_ReachTheVisitorsPage(int width, ColorScheme scheme)
    {
        var (beach, sign) = ($"beach-{width}-{scheme}.png", $"sign-{width}-{scheme}.png");
        await using var visitor = await fixture.VisitAsync(width, scheme);
        await visitor.CheckAsync("empty");
        await visitor.UploadAsync(beach, sign);
        foreach (var name in new[] { beach, sign })
        {
            await Assertions.Expect(visitor.Row(name)).ToContainTextAsync("Waiting for review");
            await Assertions.Expect(visitor.Card(name)).ToContainTextAsync("Waiting for review");
        }

        await visitor.CheckAsync("waiting");
        await using var moderator = await fixture.SignInAsync(width, scheme);
        await moderator.WaitForReviewAsync(beach);
        await moderator.WaitForReviewAsync(sign);
        await moderator.CheckAsync("review");
        await moderator.AcceptAsync(beach);
        await Assertions.Expect(moderator.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{beach} is accepted.");
        await moderator.RejectAsync(sign, "Advertising", "No prices, please.");
        await Assertions.Expect(moderator.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{sign} is rejected.");
        await moderator.CheckAsync("decided");

        const string Reason = "Advertising is not allowed here. No prices, please.";
        await Assertions.Expect(visitor.Card(beach)).ToContainTextAsync("Published");
        // As wide as the page shows it, from the variant of 400 pixels: the picture itself has 640.
        await visitor.ExpectPictureAsync(beach, width < 600 ? width : 300);
        (await visitor.Card(beach).Locator("img").EvaluateAsync<string>("image => image.currentSrc")).Should().Contain(".small?");
        await Assertions.Expect(visitor.Card(sign)).ToContainTextAsync(Reason);
        await Assertions.Expect(visitor.Row(sign)).ToContainTextAsync("was not accepted");
        await visitor.CheckAsync("result");
        visitor.Errors.Concat(moderator.Errors).Should().BeEmpty();
    }

    [Fact]
    public async Task Decisions_WithoutScript_Count()
    {
        await using var visitor = await fixture.VisitAsync(1280, ColorScheme.Light);
        await visitor.UploadAsync("plain.png", "other.png");
        await using var moderator = await fixture.SignInAsync(1280, ColorScheme.Light, script: false);
        await moderator.WaitForReviewAsync("plain.png");
        await moderator.WaitForReviewAsync("other.png");

        await moderator.RejectAsync("other.png", "Another reason (write it below)", "Too dark.");
        await moderator.AcceptAsync("plain.png");

        await Assertions.Expect(visitor.Card("plain.png")).ToContainTextAsync("Published");
        await Assertions.Expect(visitor.Card("other.png")).ToContainTextAsync("Too dark.");
    }
}
