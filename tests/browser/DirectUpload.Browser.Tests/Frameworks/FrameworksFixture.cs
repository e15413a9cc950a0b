using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Frameworks;

/// <summary>samples/Frameworks with the pages that tests/engines/up built, and a browser.</summary>
public sealed class FrameworksFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("frameworks-").FullName;
    private SampleProcess? _sample;
    private readonly ChromiumSession _browser = new();

    public async ValueTask InitializeAsync()
    {
        if (ChromiumEngine.Find() is null || FrameworksEngine.Find() is not { } frameworks)
            return;
        _sample = new("Frameworks", new Dictionary<string, string>
        {
            ["Pages"] = frameworks.Pages,
            ["DirectUploads__LocalS3__Url"] = $"http://127.0.0.1:{Loopback.GetFreePort()}",
            ["DirectUploads__LocalS3__DataDirectory"] = _data,
        });
        await _sample.StartAsync();
    }

    public async Task<IPage> OpenAsync(string framework)
    {
        ChromiumEngine.Require();
        FrameworksEngine.Require();
        var context = await _browser.NewContextAsync(new() { BaseURL = _sample!.Address });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/{framework}/");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_sample is not null)
            await _sample.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
