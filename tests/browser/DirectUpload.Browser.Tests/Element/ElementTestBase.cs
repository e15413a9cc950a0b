using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>The element in Chromium, in the form of an application with LocalS3.</summary>
public abstract class ElementTestBase(LocalS3Fixture server) : IAsyncLifetime, IClassFixture<LocalS3Fixture>
{
    private static readonly string[] Refusals = ["Content Security Policy", "Trusted"];

    private readonly List<string> _errors = [];
    private readonly ChromiumSession _browser = new();

    internal ElementHost Host { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    protected ILocator Element => Page.Locator("direct-upload").First;

    protected ILocator Rows => Page.Locator("direct-upload li");

    public virtual async ValueTask InitializeAsync()
    {
        ChromiumEngine.Require();
        Host = await ElementHost.StartAsync(server);
        Page = await NewPageAsync(new());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (Host is not null)
            await Host.DisposeAsync();
        GC.SuppressFinalize(this);
        // Also what the content security policy or Trusted Types refused.
        _errors.Should().BeEmpty();
    }

    protected async Task<IPage> NewPageAsync(BrowserNewContextOptions options)
    {
        var page = await (await _browser.NewContextAsync(options)).NewPageAsync();
        page.SetDefaultTimeout(15_000);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (Refusals.Any(refusal => message.Text.Contains(refusal, StringComparison.Ordinal)))
                _errors.Add(message.Text);
        };
        return page;
    }

    /// <summary>Opens a form with this content.</summary>
    protected async Task OpenAsync(string form, string query = "")
    {
        Host.Form = form;
        await Page.GotoAsync($"{Host.Address}/{query}");
        await Page.WaitForFunctionAsync("() => customElements.get('direct-upload')");
    }

    protected Task ChooseAsync(params FilePayload[] files) =>
        Page.Locator("direct-upload input[type=file][hidden]").First.SetInputFilesAsync(files);

    protected static FilePayload File(string name, int size = 1000, string type = "text/plain") =>
        new() { Name = name, MimeType = type, Buffer = [.. Enumerable.Range(0, size).Select(at => (byte)((at % 90) + 32))] };

    protected Task<string> ValueAsync() => Element.EvaluateAsync<string>("element => element.value");

    protected Task ReadyAsync(int count = 1) =>
        Page.WaitForFunctionAsync("count => document.querySelector('direct-upload').values.length === count", count);

    protected Task SaveAsync() => Page.GetByText("Save").ClickAsync();

    /// <summary>Waits for what the application does after the browser's call.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
            await Task.Delay(50, late.Token);
    }
}
