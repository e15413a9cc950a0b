using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>The page as one visitor sees it, and what the browser did meanwhile.</summary>
public sealed class VisitedPage : IAsyncDisposable
{
    private VisitedPage(IPage page, QuickStartProcess quickStart) => (Page, QuickStart) = (page, quickStart);

    public IPage Page { get; }

    public QuickStartProcess QuickStart { get; }

    /// <summary>Every request that left the browser, as "METHOD origin".</summary>
    public ConcurrentQueue<IRequest> Requests { get; } = [];

    /// <summary>Dialogs and script errors: there should never be any.</summary>
    public ConcurrentQueue<string> Alarms { get; } = [];

    public ILocator Rows => Page.GetByTestId("upload-row");

    public static async Task<VisitedPage> OpenAsync(IPage page, QuickStartProcess quickStart)
    {
        var visited = new VisitedPage(page, quickStart);
        page.Request += (_, request) => visited.Requests.Enqueue(request);
        page.PageError += (_, error) => visited.Alarms.Enqueue(error);
        page.Dialog += (_, dialog) =>
        {
            visited.Alarms.Enqueue(dialog.Message);
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(quickStart.Address);
        return visited;
    }

    public async Task ChooseAsync(string profile, params FilePayload[] files)
    {
        await Page.GetByTestId($"profile-{profile}").CheckAsync();
        await Page.GetByTestId("file-input").SetInputFilesAsync(files);
    }

    /// <summary>Waits until a row shows a status, and says which it shows when it never does.</summary>
    public async Task ExpectStatusAsync(ILocator row, string status) =>
        await Assertions.Expect(row).ToHaveAttributeAsync("data-status", status, new() { Timeout = 30_000 });

    /// <summary>The requests that carried bytes to storage.</summary>
    public IEnumerable<IRequest> Uploads(string method) =>
        Requests.Where(request => request.Method == method && request.Url.StartsWith(QuickStart.S3Endpoint, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        // For whoever wants to look at what was tested.
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{TestContext.Current.TestMethod?.MethodName}-{Page.ViewportSize?.Width}.png"), FullPage = true });
        await Page.Context.CloseAsync();
    }
}
