using System.Text.Json;
using Bunit;
using DirectUpload.Blazor.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DirectUpload.Blazor.Tests;

/// <summary>Renders the component with a browser whose scripts are recorded.</summary>
public abstract class ComponentTests : BunitContext
{
    protected const string First = "0190a1b2c3d47e5f8a9b0c1d2e3f4a5b";
    protected const string Second = "0190a1b2c3d47e5f8a9b0c1d2e3f4a5c";

    private long _sent;

    protected ComponentTests()
    {
        Module = JSInterop.SetupModule("./_content/DirectUpload.Blazor/direct-upload.blazor.js");
        Connection = Module.SetupModule("connect", _ => true);
        Connection.SetupVoid("update", _ => true).SetVoidResult();
        Connection.SetupVoid("dispose", _ => true).SetVoidResult();
    }

    protected BunitJSModuleInterop Module { get; }

    protected BunitJSModuleInterop Connection { get; }

    /// <summary>Sends events as the browser does: in its numbering, on the renderer's thread.</summary>
    protected Task SendAsync(params object[] events) => SendFromAsync(_sent + 1, events);

    protected async Task<long> SendFromAsync(long first, params object[] events)
    {
        _sent = Math.Max(_sent, first + events.Length - 1);
        return await Renderer.Dispatcher.InvokeAsync(() => Callbacks().ReceiveAsync(first, Serialize(events)));
    }

    protected Task ReportAsync(params object[] reports) =>
        Renderer.Dispatcher.InvokeAsync(() => Callbacks().ReportAsync(Serialize(reports)));

    protected Task ChooseAsync(params string[] ids) => SendAsync(new { kind = "ids", ids, isLast = true });

    /// <summary>Changes the ids of one of several components.</summary>
    protected Task ChooseAsync(int component, params string[] ids) => Renderer.Dispatcher.InvokeAsync(
        () => Callbacks(component).ReceiveAsync(1, Serialize(new { kind = "ids", ids, isLast = true })));

    private protected BrowserCallbacks Callbacks(int component = 0) =>
        ((DotNetObjectReference<BrowserCallbacks>)Module.Invocations["connect"][component].Arguments[1]!).Value;

    protected static JsonElement Serialize(params object[] events) => JsonSerializer.SerializeToElement(events);

    protected static AngleSharp.Dom.IElement Element<T>(IRenderedComponent<T> rendered) where T : IComponent =>
        rendered.Find("direct-upload");
}
