using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Blazor;

/// <summary>The component in every render mode of samples/Blazor.</summary>
public sealed class BlazorTests(BlazorFixture fixture) : IClassFixture<BlazorFixture>
{
    public static TheoryData<string> Pages => ["static", "server", "webassembly"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Save_UploadedFiles_AreAttachedAndTheFormIsEmptyAgain(string path)
    {
        await using var page = await fixture.OpenAsync(path);
        await page.ChooseAsync("file", SampleFiles.Document("minutes.txt"));
        await page.WaitForIdsAsync("file", 1);
        await page.ChooseAsync("photos", SampleFiles.Picture("a.png"), SampleFiles.Picture("b.png"));
        await page.WaitForIdsAsync("photos", 2);
        await page.FillTitleAsync("The meeting");

        await page.SaveAsync();

        await Assertions.Expect(page.Notice).ToHaveTextAsync("The meeting is saved.");
        await page.WaitForIdsAsync("file", 0);
        await page.WaitForIdsAsync("photos", 0);
        page.SentToStorage.Should().HaveCount(3);
        page.ScriptErrors.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Save_NoFile_IsAMistakeOfItsField(string path)
    {
        await using var page = await fixture.OpenAsync(path);
        await page.FillTitleAsync("The meeting");

        await page.SaveAsync();

        await Assertions.Expect(page.Page.Locator("[data-field=file] .validation-message")).ToHaveTextAsync("Choose a file.");
        (await page.Upload("file").GetAttributeAsync("class")).Should().Contain("invalid");
        await Assertions.Expect(page.Page.GetByLabel("Title")).ToHaveValueAsync("The meeting");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Save_OtherFieldInvalid_KeepsTheUploadedFile(string path)
    {
        await using var page = await fixture.OpenAsync(path);
        await page.ChooseAsync("file", SampleFiles.Document("kept.txt"));
        var ids = await page.WaitForIdsAsync("file", 1);

        await page.SaveAsync();

        await Assertions.Expect(page.Page.Locator(".validation-message").First).ToHaveTextAsync("The Title field is required.");
        (await page.WaitForIdsAsync("file", 1)).Should().Equal(ids);
        await Assertions.Expect(page.Upload("file")).ToContainTextAsync("kept.txt");
        await page.FillTitleAsync("Now with a title");
        await page.SaveAsync();
        await Assertions.Expect(page.Notice).ToHaveTextAsync("Now with a title is saved.");
        page.SentToStorage.Should().ContainSingle("the file was sent once");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Save_UploadOfAnotherVisitor_IsRefused(string path)
    {
        await using var owner = await fixture.OpenAsync(path);
        await owner.ChooseAsync("file", SampleFiles.Document("private.txt"));
        var ids = await owner.WaitForIdsAsync("file", 1);
        await using var stranger = await fixture.OpenAsync(path);

        await stranger.ForgeIdAsync("file", ids[0]);
        await stranger.FillTitleAsync("Mine");
        await stranger.SaveAsync();

        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await Assertions.Expect(stranger.Notice).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("server")]
    [InlineData("webassembly")]
    public async Task Events_ReachTheComponent(string path)
    {
        await using var page = await fixture.OpenAsync(path);

        await page.ChooseAsync("file", SampleFiles.Document("minutes.txt"));
        await Assertions.Expect(page.Status).ToHaveTextAsync("minutes.txt is ready.", new() { Timeout = 30_000 });
        await page.ChooseAsync("photos", SampleFiles.HtmlNamedAsPicture());

        await Assertions.Expect(page.Upload("photos")).ToContainTextAsync("harmless.png");
        page.ScriptErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Navigation_BetweenRenderModes_KeepsEachUsable()
    {
        await using var page = await fixture.OpenAsync("");

        var headings = new Dictionary<string, string>
        {
            ["Static"] = "Static server rendering",
            ["Server"] = "Interactive Server",
            ["WebAssembly"] = "WebAssembly",
        };
        foreach (var link in new[] { "Static", "Server", "Static", "WebAssembly", "Server", "Static" })
        {
            await page.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"/{link.ToLowerInvariant()}$"));
            // The address changes before the content does.
            await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync(headings[link], new() { Timeout = 60_000 });
            await page.WaitUntilReadyAsync();
        }

        await page.ChooseAsync("file", SampleFiles.Document("after.txt"));
        await page.WaitForIdsAsync("file", 1);
        await page.FillTitleAsync("After navigation");
        await page.SaveAsync();
        await Assertions.Expect(page.Notice).ToHaveTextAsync("After navigation is saved.");
        page.ScriptErrors.Should().BeEmpty();
    }
}
