using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>A page without script: its form goes to S3, S3 sends the browser back, and what comes back is confirmed.</summary>
public abstract partial class HtmlFormTests(S3ServerFixture server) : FlowTests(server)
{
    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddDirectUploads().AddAuthorizer(asked =>
                asked.Request.FileName == "forbidden.png"
                    ? UploadAuthorization.Deny("This user may not make this upload.")
                    : UploadAuthorization.Allow);
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/{tenant}/uploads").RequireAuthorization();
            app.MapGet("/{tenant}/page", async (HttpContext context, string profile, string file, string to) =>
            {
                var request = new UploadRequest
                {
                    Profile = profile,
                    FileName = file,
                    ContentType = "image/png",
                    Size = null,
                    Metadata = new Dictionary<string, string> { ["by"] = "form" },
                };
                var form = await context.RequestUploadFormAsync(request, to);
                return form.Succeeded
                    ? Results.Content(
                        $"<form action=\"{form.Value.Action}\">{form.Value.HiddenFields}<input type=\"file\" name=\"file\"></form>",
                        "text/html")
                    : Results.Content(form.Error.Message, "text/plain", null, 400);
            }).RequireAuthorization();
        },
    };

    private UploadClient Ada => App.ClientOf("/acme").As("ada");

    [Fact]
    public async Task Form_FileSent_ReturnsAndIsReady()
    {
        if (await Server.LacksAsync(S3Features.Forms))
            return;
        var (action, fields) = await PageAsync("/gallery?of=ada&n=1");
        fields.Should().ContainKey("x-amz-algorithm").And.ContainKey("success_action_redirect").And.NotContainKey("success_action_status");

        var sent = await StorageClient.PostAsync(action, fields, TestFiles.Png());
        var back = new Uri(sent.ShouldBe(303).Header("location")!);
        back.AbsolutePath.Should().StartWith("/acme/uploads/");
        var returned = await App.ClientOf("").As("ada").SendAsync(HttpMethod.Get, back.PathAndQuery);

        var id = IdIn(fields["key"]);
        returned.ShouldBe(302).Header("location").Should().Be($"/gallery?of=ada&n=1&upload={id}&status=ready");
        var record = await App.RecordAsync(id.ToString());
        (record.Status, record.Owner, record.Size, record.FileName)
            .Should().Be((UploadStatus.Ready, "ada", (long)TestFiles.Png().Length, "holiday.png"));
        record.Metadata.Should().Contain("by", "form");
        (await App.ClientOf("").As("ada").SendAsync(HttpMethod.Get, back.PathAndQuery)).ShouldBe(302).Header("location")
            .Should().EndWith("status=ready", "a reload tells the same");
    }

    [Fact]
    public async Task Form_ContainsNoToken()
    {
        var (_, fields) = await PageAsync("/gallery");
        var record = await App.RecordAsync(IdIn(fields["key"]).ToString());

        // Every run of letters long enough to be a token.
        foreach (var text in fields.Values.SelectMany(value => TokenLike().Matches(value).Select(match => match.Value)))
            (UploadToken.TryParse(text, out var token) && (record.WriteTokenHash.Matches(token) || record.ReadTokenHash.Matches(token)))
                .Should().BeFalse();
    }

    [Fact]
    public async Task Return_WithoutAFile_ReportsNotUploaded()
    {
        var (_, fields) = await PageAsync("/gallery");

        var returned = await App.ClientOf("").As("ada").SendAsync(HttpMethod.Get, new Uri(fields["success_action_redirect"]).PathAndQuery);

        returned.ShouldBe(302).Header("location").Should().EndWith("&error=not-uploaded");
    }

    [Fact]
    public async Task Return_ByAnotherUser_IsRefused()
    {
        var (_, fields) = await PageAsync("/gallery");
        var back = new Uri(fields["success_action_redirect"]).PathAndQuery;

        (await App.ClientOf("").As("eve").SendAsync(HttpMethod.Get, back)).ShouldBeProblem(404, "not-found");
        (await App.ClientOf("").SendAsync(HttpMethod.Get, back)).ShouldBe(401);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("gallery")]
    [InlineData("")]
    public async Task Return_ToAnotherSite_IsRefused(string to)
    {
        var page = () => Ada.SendAsync(HttpMethod.Get, $"/page?profile=form&file=holiday.png&to={Uri.EscapeDataString(to)}");
        (await page()).Code.Should().Be(500);

        var (_, fields) = await PageAsync("/gallery");
        var back = new Uri(fields["success_action_redirect"]).AbsolutePath;
        var forged = back[..(back.LastIndexOf('/') + 1)] + System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes(to));
        (await App.ClientOf("").As("ada").SendAsync(HttpMethod.Get, forged)).ShouldBe(404);
    }

    [Theory]
    [InlineData("form", "forbidden.png", "may not")]
    [InlineData("picture", "holiday.png", "the method PUT")]
    [InlineData("form", "a/b.png", "path")]
    public async Task CreateForm_Refused_LeavesTheMessageToThePage(string profile, string file, string why) =>
        (await Ada.SendAsync(HttpMethod.Get, $"/page?profile={profile}&file={Uri.EscapeDataString(file)}&to=/gallery")).ShouldBe(400).Text
            .Should().Contain(why);

    private static UploadId IdIn(string key) =>
        UploadId.TryFindIn(key, out var id) ? id : throw new InvalidOperationException($"{key} holds no id.");

    private async Task<(string Action, Dictionary<string, string> Fields)> PageAsync(string to)
    {
        var page = (await Ada.SendAsync(HttpMethod.Get, $"/page?profile=form&file=holiday.png&to={Uri.EscapeDataString(to)}"))
            .ShouldBe(200).Text;
        var fields = Inputs().Matches(page)
            .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        return (Action().Match(page).Groups[1].Value, fields);
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Inputs();

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenLike();
}
