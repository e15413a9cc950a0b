using DirectUpload.Browser.Tests.Client.Browsers;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>The browser client in real browsers, in the situations that people bring about.</summary>
public abstract partial class ClientScenarioTests(ScenarioFixture fixture) : IAsyncLifetime
{
    private const int PartSize = ClientHost.PartSize;
    private readonly List<IAsyncDisposable> _opened = [];

    public virtual ValueTask InitializeAsync()
    {
        RequireBrowser();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        ScenarioTable.Add(fixture);
        foreach (var opened in Enumerable.Reverse(_opened))
            await opened.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void RequireBrowser();

    private async Task<ClientHost> StartHostAsync(bool withCors = true)
    {
        var host = await ClientHost.StartAsync(fixture.Server, withCors);
        _opened.Add(host);
        return host;
    }

    private async Task<ScenarioPage> VisitAsync(ClientHost host, object? options = null, IClientBrowser? browser = null)
    {
        var page = await ScenarioPage.OpenAsync(browser ?? fixture.Browser, host, options);
        if (browser is null)
            _opened.Add(page);
        return page;
    }

    /// <summary>The upload is ready, storage has its bytes, and its progress never ran backwards.</summary>
    private static async Task<UploadView> ExpectReadyAsync(ClientHost host, ScenarioPage page, int index)
    {
        var view = await page.UntilReadyAsync(index);
        view.State.Should().Be("ready", "{0}", view.Error);
        view.Record!.Status.Should().Be("ready");
        view.Fraction.Should().Be(1);
        view.Loaded.Should().Be(view.Total);
        (await host.HashContentAsync(view.Id!)).Should().Be(view.Sha256);
        (await page.GetProgressAsync(index)).Should().BeInAscendingOrder();
        return view;
    }

    private static async Task<ErrorView> ExpectErrorAsync(ScenarioPage page, int index, string code)
    {
        var view = await page.UntilReadyAsync(index);
        view.State.Should().BeOneOf("failed", "rejected", "expired");
        view.Error!.Code.Should().Be(code, "{0}", view.Error);
        view.Error.Message.Should().NotBeNullOrWhiteSpace().And.NotBe(code);
        return view.Error;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            attempt.Should().BeLessThan(600, "the condition must become true within 30 seconds");
            await Task.Delay(50);
        }
    }
}

public sealed class ChromiumOnLocalS3Tests(ChromiumOnLocalS3 fixture) : ClientScenarioTests(fixture), IClassFixture<ChromiumOnLocalS3>
{
    protected override void RequireBrowser() => ChromiumEngine.Require();
}

public sealed class ChromiumOnRgwTests(ChromiumOnRgw fixture) : ClientScenarioTests(fixture), IClassFixture<ChromiumOnRgw>
{
    protected override void RequireBrowser() => ChromiumEngine.Require();
}

public sealed class FirefoxOnLocalS3Tests(FirefoxOnLocalS3 fixture) : ClientScenarioTests(fixture), IClassFixture<FirefoxOnLocalS3>
{
    protected override void RequireBrowser() => FirefoxEngine.Require();
}

public sealed class FirefoxOnRgwTests(FirefoxOnRgw fixture) : ClientScenarioTests(fixture), IClassFixture<FirefoxOnRgw>
{
    protected override void RequireBrowser() => FirefoxEngine.Require();
}
