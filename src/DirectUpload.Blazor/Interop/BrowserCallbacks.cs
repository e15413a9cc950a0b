using System.Text.Json;
using Microsoft.JSInterop;

namespace DirectUpload.Blazor.Interop;

/// <summary>Receives what the scripts of a component send (wwwroot/direct-upload.blazor.js).</summary>
/// <remarks>
/// The parameters are <see cref="JsonElement"/>: a trimmed application keeps no members of types that are only deserialized.
/// </remarks>
internal sealed class BrowserCallbacks(IBrowserEventHandler handler)
{
    private readonly List<string> _ids = [];
    private long _received;

    /// <summary>Receives events, each once: the browser sends them again when it got no answer.</summary>
    /// <param name="first">The number of the first event; the numbers of a component start with 1 and have no gap.</param>
    /// <param name="events">The events.</param>
    /// <returns>The number of the last event that has been received.</returns>
    [JSInvokable]
    public async Task<long> ReceiveAsync(long first, JsonElement events)
    {
        var number = first;
        foreach (var item in events.EnumerateArray())
        {
            if (number++ == _received + 1)
            {
                _received++;
                await HandleAsync(item);
            }
        }

        return _received;
    }

    /// <summary>Receives progress, which may get lost with the connection.</summary>
    [JSInvokable]
    public async Task ReportAsync(JsonElement reports)
    {
        foreach (var report in reports.EnumerateArray())
            await handler.ReportAsync(BrowserEvents.ReadProgress(report));
    }

    private async Task HandleAsync(JsonElement item)
    {
        switch (item.Text("kind"))
        {
            case "ids":
                await CollectAsync(item);
                break;
            case "ready" when BrowserEvents.ReadReady(item) is { } ready:
                await handler.ReadyAsync(ready);
                break;
            case "error":
                await handler.FailAsync(BrowserEvents.ReadError(item));
                break;
        }
    }

    private async Task CollectAsync(JsonElement item)
    {
        _ids.AddRange(BrowserEvents.ReadIds(item));
        if (!item.Flag("isLast"))
            return;
        string[] ids = [.. _ids];
        _ids.Clear();
        await handler.ChangeAsync(ids);
    }
}
