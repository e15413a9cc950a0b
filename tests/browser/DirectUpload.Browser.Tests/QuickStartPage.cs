using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>The page as one visitor sees it, and what the browser did meanwhile.</summary>
public sealed class QuickStartPage : IAsyncDisposable
{
    private QuickStartPage(IPage page, QuickStartProcess quickStart) => (Page, QuickStart) = (page, quickStart);

    public IPage Page { get; }

    public QuickStartProcess QuickStart { get; }

    /// <summary>Every request that left the browser, as "METHOD origin".</summary>
    public ConcurrentQueue<IRequest> Requests { get; } = [];

    /// <summary>Dialogs and script errors: there should never be any.</summary>
    public ConcurrentQueue<string> DialogsAndErrors { get; } = [];

    /// <summary>The rows of all upload elements; the newest is the last of its element.</summary>
    public ILocator Rows => Page.Locator("direct-upload li");

    public static async Task<QuickStartPage> OpenAsync(IPage page, QuickStartProcess quickStart)
    {
        var visited = new QuickStartPage(page, quickStart);
        page.Request += (_, request) => visited.Requests.Enqueue(request);
        page.PageError += (_, error) => visited.DialogsAndErrors.Enqueue(error);
        page.Dialog += (_, dialog) =>
        {
            visited.DialogsAndErrors.Enqueue(dialog.Message);
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(quickStart.Address);
        return visited;
    }

    public async Task ChooseAsync(string profile, params FilePayload[] files) =>
        await (await OpenChooserAsync(profile)).SetFilesAsync(files);

    public async Task ChooseAsync(string profile, string path) =>
        await (await OpenChooserAsync(profile)).SetFilesAsync(path);

    /// <summary>Waits until a row shows a state, and says which it shows when it never does.</summary>
    public async Task ExpectStatusAsync(ILocator row, string state) =>
        await Assertions.Expect(row).ToHaveAttributeAsync("part", $"item {state}", new() { Timeout = 30_000 });

    /// <summary>The requests that carried bytes to storage.</summary>
    public IEnumerable<IRequest> Uploads(string method) =>
        Requests.Where(request => request.Method == method && request.Url.StartsWith(QuickStart.S3Endpoint, StringComparison.Ordinal));

    private Task<IFileChooser> OpenChooserAsync(string profile) =>
        Page.RunAndWaitForFileChooserAsync(() => Page.GetByTestId(profile).GetByRole(AriaRole.Button).First.ClickAsync());

    public async ValueTask DisposeAsync()
    {
        // For whoever wants to look at what was tested.
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, $"{TestContext.Current.TestMethod?.MethodName}-{Page.ViewportSize?.Width}.png"),
                FullPage = true,
            });
        await Page.Context.CloseAsync();
    }
}
