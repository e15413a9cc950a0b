using System.Net;

namespace DirectUpload.Samples.Tests.Moderation;

/// <summary>Decisions of moderators in samples/Moderation.</summary>
public sealed class ModerationTests(ModerationFactory application) : IClassFixture<ModerationFactory>
{
    private const string DoesNotCount = "Your decision does not count";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_Picture_IsServedToModeratorsOnly()
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();

        var page = WebUtility.HtmlDecode(await moderator.WaitForReviewAsync(upload));

        page.Should().Contain("beach.png").And.Contain("1 × 1").And.Contain("visitor-");
        foreach (var content in new[] { $"/uploads/{upload.Id}/content", $"/uploads/{upload.Id}/content?variant=picture" })
        {
            (await visitor.Http.GetAsync(content, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Conflict, "the owner asks");
            (await visitor.GetAsync(content, upload)).StatusCode.Should().Be(HttpStatusCode.Conflict, "the token is valid");
            (await moderator.Http.GetAsync(content, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NotFound, "others ask");
        }

        var status = await visitor.GetStatusAsync(upload);
        status.GetProperty("status").GetString().Should().Be("processing");
        (status.TryGetProperty("contentUrl", out _), status.TryGetProperty("variants", out _)).Should().Be((false, false));
        (await visitor.Http.GetStringAsync("/", CancellationToken)).Should().Contain("Waiting for review").And.NotContain("<img");
        var preview = await moderator.GetPreviewAsync(upload);
        preview.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await moderator.ReadStorageAsync(preview.Headers.Location!.OriginalString)).AsSpan(8, 4).ToArray()
            .Should().Equal("WEBP"u8.ToArray());
    }

    [Fact]
    public async Task Accept_Waiting_ServesThePicture()
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);

        (await moderator.DecideAndReadAsync(() => moderator.AcceptAsync(upload))).Should().Be("beach.png is accepted.");
        await visitor.WaitForAsync(upload, "ready");

        var content = await visitor.Http.GetAsync($"/uploads/{upload.Id}/content?variant=picture", CancellationToken);
        content.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await visitor.ReadStorageAsync(content.Headers.Location!.OriginalString)).Should().NotBeEmpty();
        (await visitor.Http.GetStringAsync("/", CancellationToken)).Should().Contain("Published").And.Contain("<img");
        (await moderator.Http.GetStringAsync("/moderation", CancellationToken)).Should().NotContain(upload.Id);
    }

    [Fact]
    public async Task Reject_Waiting_ShowsTheReasonAndDeletesTheObjects()
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);
        var url = (await moderator.GetPreviewAsync(upload)).Headers.Location!.OriginalString;
        (await moderator.AskStorageAsync(url)).Should().Be(HttpStatusCode.OK);

        (await moderator.DecideAndReadAsync(() => moderator.RejectAsync(upload, "privacy", "  The sign <at> the door. ")))
            .Should().Be("beach.png is rejected.");
        var error = (await visitor.WaitForAsync(upload, "rejected")).GetProperty("error");

        const string Detail = "This picture shows persons or data that are not yours to publish. The sign <at> the door.";
        error.GetProperty("code").GetString().Should().Be("privacy");
        error.GetProperty("detail").GetString().Should().Be(Detail);
        (await visitor.Http.GetStringAsync("/", CancellationToken)).Should().Contain(WebUtility.HtmlEncode(Detail));
        (await visitor.GetAsync($"/uploads/{upload.Id}/content", upload)).StatusCode.Should().Be(HttpStatusCode.Gone);
        (await moderator.GetPreviewAsync(upload)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await moderator.WaitUntilDeletedAsync(url);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("unknown", "A note.")]
    [InlineData("other", "   ")]
    [InlineData("nudity", "two\nlines")]
    [InlineData("nudity", null)]
    public async Task Reject_ReasonNotValid_DecidesNothing(string reason, string? note)
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);

        var notice = await moderator.DecideAndReadAsync(() => moderator.RejectAsync(upload, reason, note ?? new string('a', 301)));

        notice.Should().StartWith("Choose a reason");
        await moderator.WaitForReviewAsync(upload);
    }

    [Fact]
    public async Task Decide_Twice_TheFirstCounts()
    {
        using var visitor = await application.VisitAsync();
        using var moderator = await application.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();
        await moderator.WaitForReviewAsync(upload);

        await Task.WhenAll(moderator.AcceptAsync(upload), moderator.AcceptAsync(upload));
        (await moderator.DecideAndReadAsync(() => moderator.AcceptAsync(upload))).Should().Be("beach.png is accepted.");
        (await moderator.DecideAndReadAsync(() => moderator.RejectAsync(upload, "nudity"))).Should().StartWith(DoesNotCount);
        await visitor.WaitForAsync(upload, "ready");
        (await moderator.DecideAndReadAsync(() => moderator.RejectAsync(upload, "nudity"))).Should().StartWith(DoesNotCount);

        (await visitor.WaitForAsync(upload, "ready")).TryGetProperty("error", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Deadline_Passed_RejectsAndALateDecisionDoesNotCount()
    {
        await using var impatient = new ModerationFactory { Settings = { ["Moderation:Deadline"] = "00:00:00.1" } };
        using var visitor = await impatient.VisitAsync();
        using var moderator = await impatient.VisitAsModeratorAsync();
        var upload = await visitor.UploadAsync();

        var error = (await visitor.WaitForAsync(upload, "rejected")).GetProperty("error");

        error.GetProperty("code").GetString().Should().Be("decision-missing");
        (await moderator.DecideAndReadAsync(() => moderator.AcceptAsync(upload))).Should().StartWith(DoesNotCount);
        (await visitor.GetStatusAsync(upload)).GetProperty("status").GetString().Should().Be("rejected");
    }
}
