using DirectUpload.Browser.Tests;
using DirectUpload.TestKit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace DirectUpload.Browser.Tests;

/// <summary>
/// Starts one Chromium for all tests of this program, because a start takes longer than most tests. Each visitor gets a context of their
/// own (<see cref="ChromiumSession"/>), which shares neither cookies nor storage nor cache with the others.
/// </summary>
public sealed class SharedChromium : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);

    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>Gets the browser, which is started when it is needed first, and again if it has crashed.</summary>
    internal static async Task<IBrowser> GetAsync()
    {
        var chromium = ChromiumEngine.RequireForPages();
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            playwright ??= await Playwright.CreateAsync();
            if (browser is not { IsConnected: true })
            {
                browser = await playwright.Chromium.LaunchAsync(
                    new() { ExecutablePath = chromium.Path, Args = ChromiumEngine.Arguments });
            }

            return browser;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }
}
