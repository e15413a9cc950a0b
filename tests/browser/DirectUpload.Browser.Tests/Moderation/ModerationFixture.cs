using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Moderation;

/// <summary>samples/Moderation on LocalS3, and a browser for its visitors and moderators.</summary>
public sealed class ModerationFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("moderation-").FullName;
    private readonly ChromiumSession _browser = new();
    private SampleProcess? _sample;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumEngine.Find() is null)
            return;
        _sample = new("Moderation", new Dictionary<string, string>
        {
            ["ConnectionStrings__Uploads"] = $"Data Source={Path.Combine(_data, "records.db")}",
            ["DirectUploads__LocalS3__Url"] = $"http://127.0.0.1:{Loopback.GetFreePort()}",
            ["DirectUploads__LocalS3__DataDirectory"] = Path.Combine(_data, "s3"),
        });
        await _sample.StartAsync();
    }

    /// <summary>Opens the visitor's page in a browser of its own.</summary>
    public async Task<ModerationPage> VisitAsync(int width, ColorScheme scheme)
    {
        var page = await OpenAsync(width, scheme, script: true);
        await page.Page.GotoAsync("/");
        return page;
    }

    /// <summary>Opens the moderator's page in a browser of its own.</summary>
    public async Task<ModerationPage> SignInAsync(int width, ColorScheme scheme, bool script = true)
    {
        var page = await OpenAsync(width, scheme, script);
        await page.Page.GotoAsync("/moderation");
        await page.CheckAsync("sign-in");
        await page.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_sample is not null)
            await _sample.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<ModerationPage> OpenAsync(int width, ColorScheme scheme, bool script)
    {
        ChromiumEngine.Require();
        var axe = AxeEngine.Require();
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            BaseURL = _sample!.Address,
        });
        await context.AddInitScriptAsync(scriptPath: axe.Script);
        return new ModerationPage(await context.NewPageAsync(), $"{width}-{scheme}", script);
    }
}
