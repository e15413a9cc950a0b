using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Component = DirectUpload.Blazor.DirectUpload;

namespace DirectUpload.Blazor.Tests;

public sealed class DirectUploadDisposalTests : ComponentTests
{
    [Fact]
    public async Task Dispose_Connected_DisconnectsTheElement()
    {
        Render<Component>(it => it.Add(c => c.Profile, "a"));

        await DisposeComponentsAsync();

        Connection.Invocations["dispose"].Should().ContainSingle();
    }

    [Fact]
    public async Task Dispose_CircuitIsGone_Succeeds()
    {
        Connection.SetupVoid("dispose", _ => true).SetException(new JSDisconnectedException("gone"));
        Render<Component>(it => it.Add(c => c.Profile, "a"));

        var dispose = DisposeComponentsAsync;

        await dispose.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Dispose_WhileConnecting_DisconnectsOnceConnected()
    {
        var browser = RenderInFakeBrowser();

        await DisposeComponentsAsync();
        browser.Calls.Should().Equal("import", "connect");
        await Renderer.Dispatcher.InvokeAsync(browser.Connect);

        browser.Calls.Should().Equal("import", "connect", "dispose");
    }

    [Fact]
    public void Update_CircuitIsGone_IsNoError()
    {
        Connection.SetupVoid("update", _ => true).SetException(new JSDisconnectedException("gone"));
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.UploadId, First));

        rendered.Render(it => it.Add(c => c.UploadId, Second));

        Renderer.UnhandledException.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Connect_CircuitIsGone_IsNoError()
    {
        var browser = RenderInFakeBrowser();

        await Renderer.Dispatcher.InvokeAsync(() => browser.Fail(new JSDisconnectedException("gone")));

        Renderer.UnhandledException.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Connect_ScriptIsMissing_SaysWhatToDo()
    {
        var browser = RenderInFakeBrowser();

        await Renderer.Dispatcher.InvokeAsync(() => browser.Fail(new JSException("Failed to fetch dynamically imported module")));

        (await Renderer.UnhandledException).Should().BeOfType<InvalidOperationException>()
            .Which.Message.Should().Contain("MapStaticAssets()").And.Contain("content security policy");
    }

    [Fact]
    public async Task Receive_AfterDisposal_CallsNothing()
    {
        var ready = 0;
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnReady, _ => ready++));
        var callbacks = Callbacks();

        await DisposeComponentsAsync();
        await Renderer.Dispatcher.InvokeAsync(() => callbacks.ReceiveAsync(1, Serialize(new { kind = "ready", id = First })));

        ready.Should().Be(0);
    }

    private FakeBrowser RenderInFakeBrowser()
    {
        var browser = new FakeBrowser();
        Services.AddSingleton<IJSRuntime>(browser);
        Render<Component>(it => it.Add(c => c.Profile, "a"));
        return browser;
    }
}
