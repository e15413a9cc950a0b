using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>samples/UppyDashboard, built from npm's packages by its own start.</summary>
public sealed class UppyDashboardTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("dashboard-").FullName;
    private SampleProcess? _sample;
    private readonly ChromiumSession _browser = new();

    public async ValueTask InitializeAsync()
    {
        ChromiumEngine.Require();
        // Whoever has Uppy has npm, and a registry to install from.
        UppyEngine.Require(6);
        _sample = new("UppyDashboard", new Dictionary<string, string>
        {
            ["LocalS3__Url"] = $"http://127.0.0.1:{Loopback.GetFreePort()}",
            ["LocalS3__DataDirectory"] = _data,
        });
        await _sample.StartAsync();
    }

    [Fact]
    public async Task Files_SmallAndLarge_BecomeReady()
    {
        var page = await (await _browser.NewContextAsync()).NewPageAsync();
        await page.GotoAsync(_sample!.Address);

        await page.SetInputFilesAsync(
            ".uppy-Dashboard-AddFiles input[type=file] >> nth=0",
            [SampleFiles.Document(), new() { Name = "film.bin", MimeType = "application/x-film", Buffer = new byte[12_000_000] }]);
        await page.ClickAsync(".uppy-StatusBar-actionBtn--upload");

        await Assertions.Expect(page.Locator(".uppy-StatusBar.is-complete")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByTestId("records").Locator("li[data-status=ready]"))
            .ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByTestId("records")).ToContainTextAsync("12,000,000 bytes");
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "UppyDashboard.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_sample is not null)
            await _sample.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
