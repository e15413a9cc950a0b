using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Blazor;

/// <summary>A page of samples/Blazor.</summary>
public sealed class BlazorPage : IAsyncDisposable
{
    private static readonly float Patience = (float)TimeSpan.FromSeconds(60).TotalMilliseconds;

    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _sentToStorage = [];

    public BlazorPage(IPage page, BlazorFixture fixture)
    {
        Page = page;
        Circuit = new CircuitTraffic(page);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (request.Method is "PUT" or "POST" && request.Url.StartsWith(fixture.S3Endpoint, StringComparison.Ordinal))
                _sentToStorage.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    public CircuitTraffic Circuit { get; }

    public IReadOnlyCollection<string> ScriptErrors => _errors;

    public IReadOnlyCollection<string> SentToStorage => _sentToStorage;

    public ILocator Notice => Page.Locator(".notice");

    public ILocator Status => Page.Locator("[data-status]");

    public ILocator Upload(string field) => Page.Locator($"[data-field={field}] direct-upload");

    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(path);
        if (path.Length > 0)
            await WaitUntilReadyAsync();
    }

    /// <summary>Waits until the elements are defined, and connected with an interactive component.</summary>
    public Task WaitUntilReadyAsync() => Page.WaitForFunctionAsync(
        """
        () => {
          const elements = [...document.querySelectorAll('direct-upload')];
          return elements.length > 0 && elements.every((element) => element.matches(':defined') && !element.hasAttribute('disabled'));
        }
        """,
        null, new() { Timeout = Patience });

    public Task ChooseAsync(string field, params FilePayload[] files) =>
        Upload(field).Locator("input[type=file]").SetInputFilesAsync(files);

    public Task ChooseAsync(string field, string path) => Upload(field).Locator("input[type=file]").SetInputFilesAsync(path);

    /// <summary>Waits until a field has that many ready uploads, and returns their ids.</summary>
    public async Task<string[]> WaitForIdsAsync(string field, int count, TimeSpan? patience = null)
    {
        await Page.WaitForFunctionAsync(
            "([field, count]) => document.querySelector(`[data-field=${field}] direct-upload`).values.length === Number(count)",
            new[] { field, $"{count}" }, new() { Timeout = (float?)patience?.TotalMilliseconds ?? Patience });
        return await Upload(field).EvaluateAsync<string[]>("(element) => element.values");
    }

    /// <summary>Fills in the title; the tab key leaves the field, because a message that disappears would move the button.</summary>
    public async Task FillTitleAsync(string title)
    {
        await Page.GetByLabel("Title").FillAsync(title);
        await Page.GetByLabel("Title").PressAsync("Tab");
    }

    public Task SaveAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

    /// <summary>Puts an id into the field as an attacker would.</summary>
    public Task ForgeIdAsync(string field, string id) => Upload(field).EvaluateAsync(
        "(element, id) => { element.value = id; element.dispatchEvent(new Event('change', { bubbles: true })); }", id);

    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(
                    folder, $"Blazor-{TestContext.Current.TestMethod?.MethodName}-{new Uri(Page.Url).AbsolutePath[1..]}.png"),
                FullPage = true,
            });
        await Page.Context.CloseAsync();
    }
}
