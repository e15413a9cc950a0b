using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Frameworks;

/// <summary>The same form in each framework, as a person fills it in.</summary>
public sealed class FrameworkPageTests(FrameworksFixture fixture) : IClassFixture<FrameworksFixture>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    public static TheoryData<string> Frameworks => ["react", "vue", "svelte", "angular"];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Form_WithPicture_IsSaved(string framework)
    {
        var page = await fixture.OpenAsync(framework);
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.Locator("direct-upload input[type=file]").First.SetInputFilesAsync(SampleFiles.Picture());
        await page.WaitForFunctionAsync("document.querySelector('direct-upload').value !== ''", null, new() { Timeout = 30_000 });

        await page.Locator("form > button").ClickAsync();

        await Assertions.Expect(page.Locator("figcaption")).ToHaveTextAsync("Ada", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("figure img")).ToBeVisibleAsync(Soon);
        await page.WaitForFunctionAsync("document.querySelector('figure img').naturalWidth === 1", null, new() { Timeout = 30_000 });
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"Frameworks-{framework}.png"), FullPage = true });
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Form_WithoutPicture_IsNotSent(string framework)
    {
        var page = await fixture.OpenAsync(framework);
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add(request.Url);
        await page.GetByLabel("Name").FillAsync("Ada");

        await page.Locator("form > button").ClickAsync();

        (await page.EvaluateAsync<bool>("document.querySelector('direct-upload').validity.valueMissing")).Should().BeTrue();
        sent.Should().NotContain(url => url.EndsWith("/profile", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("figure")).ToHaveCountAsync(0);
    }
}
