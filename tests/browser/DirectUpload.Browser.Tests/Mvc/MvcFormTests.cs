using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>The forms of samples/Mvc, in a browser that runs no script.</summary>
public abstract class MvcFormTests(MvcFixture fixture)
{
    [Fact]
    public async Task Avatar_WithoutScript_ReturnsToTheFormWithItsOtherFields()
    {
        await using var ada = await fixture.RegisterAsync("Ada", script: false);
        await ada.Page.GetByLabel("Display name").FillAsync(string.Empty);
        await ada.Page.GetByLabel("About you").FillAsync("Written before the upload.");

        await UploadAsync(ada, "Choose a picture");

        await Assertions.Expect(ada.Files).ToHaveCountAsync(1);
        await Assertions.Expect(ada.Page.GetByLabel("About you")).ToHaveValueAsync("Written before the upload.");
        ada.Page.Url.Should().StartWith($"{fixture.Address}/profile?upload=").And.NotContain("oken");
        ada.SentToStorage.Should().Equal("POST");

        await ada.SaveAsync();
        await Assertions.Expect(ada.Page.Locator(".field-validation-error")).ToContainTextAsync("The Display name field is required");
        await Assertions.Expect(ada.Files).ToHaveCountAsync(1);
        await ada.Page.GetByLabel("Display name").FillAsync("Ada");
        await ada.SaveAndExpectNoticeAsync();
        await Assertions.Expect(ada.Files).ToHaveCountAsync(1);
        await Assertions.Expect(ada.Page.GetByLabel("About you")).ToHaveValueAsync("Written before the upload.");
    }

    [Fact]
    public async Task Avatar_FileOfAnotherType_IsAnErrorOfTheForm()
    {
        await using var ada = await fixture.RegisterAsync("Ada", script: false);

        await UploadAsync(ada, "Choose a picture", SampleFiles.HtmlNamedAsPicture());

        await Assertions.Expect(ada.Page.Locator("[data-valmsg-for=AvatarId].field-validation-error")).Not.ToBeEmptyAsync();
        await Assertions.Expect(ada.Files).ToHaveCountAsync(0);
        await ada.SaveAndExpectNoticeAsync();
    }

    [Fact]
    public async Task Album_WithoutScript_AddsReordersAndRemoves()
    {
        await using var ada = await fixture.RegisterAsync("Ada", script: false);
        await ada.Page.GotoAsync("/album");
        await ada.Page.GetByLabel("Title").FillAsync("Summer");
        await UploadAsync(ada, "Add a photo");
        await Assertions.Expect(ada.Files).ToHaveCountAsync(1);
        await UploadAsync(ada, "Add a photo");
        await Assertions.Expect(ada.Files).ToHaveCountAsync(2);
        await Assertions.Expect(ada.Page.GetByLabel("Title")).ToHaveValueAsync("Summer");
        await ada.SaveAndExpectNoticeAsync();
        var before = await GetIdsAsync(ada);

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Later" }).First.ClickAsync();
        await ada.SaveAndExpectNoticeAsync();
        (await GetIdsAsync(ada)).Should().Equal(before.Reverse());

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await ada.SaveAndExpectNoticeAsync();
        (await GetIdsAsync(ada)).Should().Equal(before[0]);
    }

    private static async Task UploadAsync(MvcUser user, string button, FilePayload? file = null)
    {
        await user.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await user.Page.SetInputFilesAsync("input[type=file]", file ?? SampleFiles.Picture());
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        // Storage redirects; the callers wait for what the page then shows.
        await Assertions.Expect(user.Page).ToHaveURLAsync(new Regex(@"\?upload="));
    }

    private static async Task<IReadOnlyList<string?>> GetIdsAsync(MvcUser user)
    {
        var ids = new List<string?>();
        foreach (var field in await user.Files.Locator("input[name=PhotoIds]").AllAsync())
            ids.Add(await field.GetAttributeAsync("value"));
        return ids;
    }
}

public sealed class MvcFormOnLocalS3Tests(MvcOnLocalS3 fixture) : MvcFormTests(fixture), IClassFixture<MvcOnLocalS3>;

public sealed class MvcFormOnRgwTests(MvcOnRgw fixture) : MvcFormTests(fixture), IClassFixture<MvcOnRgw>;
