using System.Text.Json;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>A way to use Uppy: one of its versions, and how that is told where to send bytes.</summary>
public sealed record UppySetup(int Version, string Mode = "companion", string Profile = "post", bool AlwaysInParts = false)
{
    /// <summary>Whether the page states the checksum of each file by <c>declareChecksums</c>.</summary>
    public bool DeclaresChecksums { get; init; }

    /// <summary>Whether large files are sent in one piece, too.</summary>
    public bool NeverInParts { get; init; }

    public override string ToString() => $"Uppy {Version} by {Mode}{(Profile == "post" ? "" : $", profile {Profile}")}";
}

/// <summary>A person's page with Uppy.</summary>
internal sealed class UppyPage(IPage page) : IAsyncDisposable
{
    public static async Task<UppyPage> OpenAsync(ChromiumSession browser, UppyHost host, UppySetup way, string? user = "ada")
    {
        var context = await browser.NewContextAsync();
        if (user is not null)
            await context.AddCookiesAsync([new() { Name = "user", Value = user, Url = host.Address }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(
            $"{host.Address}/?version={way.Version}&mode={way.Mode}&profile={way.Profile}{(way.AlwaysInParts ? "&always" : "")}"
            + $"{(way.NeverInParts ? "&never" : "")}{(way.DeclaresChecksums ? "&checksums" : "")}");
        await page.WaitForFunctionAsync("() => window.ready");
        return new(page);
    }

    /// <summary>Starts an upload whose metadata contains its checksum, and the given entries.</summary>
    public Task StartAsync(int size, object metadata) =>
        page.EvaluateAsync(
            "([size, meta]) => startDeclared('holiday film.bin', 'application/x-film', size, meta)", new[] { size, metadata });

    public Task StartAsync(int size) => page.EvaluateAsync("size => start('holiday film.bin', 'application/x-film', size)", size);

    /// <summary>As if an upload of somebody else's were its own, begun before.</summary>
    public Task StartAsync(int size, string key, string uploadId) =>
        page.EvaluateAsync(
            "([size, key, uploadId]) => start('holiday film.bin', 'application/x-film', size, { key, uploadId })",
            new object[] { size, key, uploadId });

    /// <summary>Closes and opens the page again, as a browser does that is told to; what Uppy had begun is found again.</summary>
    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => window.ready");
        await page.EvaluateAsync("() => restored").WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();

    public Task GoOnAsync() => page.EvaluateAsync("() => goOn()");

    public Task PauseAsync() => page.EvaluateAsync("() => uppy.pauseAll()");

    public Task ResumeAsync() => page.EvaluateAsync("() => uppy.resumeAll()");

    public Task CancelAsync() => page.EvaluateAsync("() => uppy.cancelAll()");

    public Task RetryAsync() => page.EvaluateAsync("() => retry()");

    /// <summary>How the upload ended: the URLs of what succeeded, the errors of what failed.</summary>
    public async Task<(string[] Successful, string?[] Failed)> WaitForResultAsync()
    {
        var done = await page.EvaluateAsync<JsonElement>("() => done")
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return ([.. done.GetProperty("successful").EnumerateArray().Select(url => url.GetString()!)],
            [.. done.GetProperty("failed").EnumerateArray().Select(error => error.GetString())]);
    }
}
