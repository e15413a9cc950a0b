using System.Collections.Concurrent;
using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Client.Browsers;

/// <summary>Chromium, driven by Playwright.</summary>
internal sealed class ChromiumBrowser : IClientBrowser
{
    private readonly IPlaywright _playwright;
    private readonly IBrowserContext _context;

    private ChromiumBrowser(IPlaywright playwright, IBrowserContext context) => (_playwright, _context) = (playwright, context);

    public string Name => "Chromium";

    public static async Task<IClientBrowser> StartAsync(string profile)
    {
        var playwright = await Playwright.CreateAsync();
        var context = await playwright.Chromium.LaunchPersistentContextAsync(
            profile, new() { ExecutablePath = ChromiumEngine.Require().Path, Args = ChromiumEngine.Arguments });
        return new ChromiumBrowser(playwright, context);
    }

    public async Task<IClientPage> OpenAsync(string address)
    {
        var page = await _context.NewPageAsync();
        var opened = new ChromiumPage(page);
        await page.GotoAsync(address);
        return opened;
    }

    public async Task CrashAsync()
    {
        var closed = new TaskCompletionSource();
        _context.Close += (_, _) => closed.TrySetResult();
        var session = await _context.NewCDPSessionAsync(_context.Pages[0]);
        // The browser does not answer a command that ends it.
        _ = session.SendAsync("Browser.crash").ContinueWith(static sent => sent.Exception, TaskScheduler.Default);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        _playwright.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _playwright.Dispose();
    }

    private sealed class ChromiumPage : IClientPage
    {
        private readonly IPage _page;
        private readonly ConcurrentQueue<string> _errors = [];

        public ChromiumPage(IPage page)
        {
            _page = page;
            page.PageError += (_, error) => _errors.Enqueue(error);
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                    _errors.Enqueue(message.Text);
            };
        }

        public IReadOnlyCollection<string> Errors => _errors;

        public Task<string> EvaluateAsync(string expression) =>
            _page.EvaluateAsync<string>($"async () => JSON.stringify(await ({expression})) ?? 'null'");

        public Task SetFilesAsync(string selector, params string[] paths) => _page.Locator(selector).SetInputFilesAsync(paths);

        public Task ReloadAsync() => _page.ReloadAsync();

        public Task SetOfflineAsync(bool offline) => _page.Context.SetOfflineAsync(offline);

        public async ValueTask DisposeAsync() => await _page.CloseAsync();
    }
}
