using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>QuickStart's form, in a browser that runs no script.</summary>
public abstract class QuickStartFormTests(QuickStartFixture fixture)
{
    [Fact]
    public async Task Form_FileSent_IsConfirmed()
    {
        await using var page = await fixture.VisitAsync(script: false);
        await page.Page.GotoAsync($"{page.QuickStart.Address}/form");

        await page.Page.SetInputFilesAsync("input[type=file]", SampleFiles.Document(text: "by hand"));
        await page.Page.ClickAsync("button");

        await Assertions.Expect(page.Page.GetByTestId("outcome")).ToContainTextAsync("The file is ready", new() { Timeout = 30_000 });
        page.Page.Url.Should().StartWith($"{page.QuickStart.Address}/form?upload=").And.NotContain("oken");
        page.Uploads("POST").Should().ContainSingle();
        page.DialogsAndErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Form_FileOfAnotherType_IsRejectedAndDeleted()
    {
        await using var page = await fixture.VisitAsync(script: false);
        await page.Page.GotoAsync($"{page.QuickStart.Address}/form");

        await page.Page.SetInputFilesAsync("input[type=file]", SampleFiles.Picture());
        await page.Page.ClickAsync("button");

        await Assertions.Expect(page.Page.GetByTestId("outcome")).ToContainTextAsync("The file is rejected", new() { Timeout = 30_000 });
    }
}

public sealed class QuickStartFormOnLocalS3Tests(
    LocalS3QuickStart fixture) : QuickStartFormTests(fixture), IClassFixture<LocalS3QuickStart>;

public sealed class QuickStartFormOnRgwTests(RgwQuickStart fixture) : QuickStartFormTests(fixture), IClassFixture<RgwQuickStart>;
