using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DirectUpload.Blazor.Interop;

/// <summary>The element of a component in the browser, connected with .NET.</summary>
internal sealed class BrowserElement : IAsyncDisposable
{
    private const string Script = "./_content/DirectUpload.Blazor/direct-upload.blazor.js";

    private readonly DotNetObjectReference<BrowserCallbacks> _callbacks;
    private readonly List<IJSObjectReference> _references = [];
    private IJSObjectReference? _connection;

    private BrowserElement(BrowserCallbacks callbacks) => _callbacks = DotNetObjectReference.Create(callbacks);

    /// <summary>Loads the scripts and connects an element; returns null if the browser has gone.</summary>
    /// <exception cref="InvalidOperationException">The browser cannot load the scripts.</exception>
    public static async Task<BrowserElement?> ConnectAsync(
        IJSRuntime js, ElementReference element, BrowserCallbacks callbacks, string[] ids, bool hasProgress)
    {
        var connected = new BrowserElement(callbacks);
        try
        {
            await connected.LoadAsync(js, element, ids, hasProgress);
            return connected;
        }
        catch (JSException exception)
        {
            await connected.DisposeAsync();
            throw new InvalidOperationException(
                $"The browser could not load the scripts of DirectUpload.Blazor ({Script}). Call MapStaticAssets() or UseStaticFiles() " +
                "in the server application, and permit scripts of its own origin in the content security policy.",
                exception);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            await connected.DisposeAsync();
            return null;
        }
    }

    /// <summary>Passes on what the application has set.</summary>
    /// <param name="ids">The ids that the element shows from now on, or null to leave them.</param>
    /// <param name="hasProgress">Whether the browser reports progress.</param>
    public Task UpdateAsync(string[]? ids, bool hasProgress) => InvokeAsync("update", ids, hasProgress);

    public async ValueTask DisposeAsync()
    {
        await InvokeAsync("dispose");
        foreach (var reference in _references)
        {
            try
            {
                await reference.DisposeAsync();
            }
            catch (Exception exception) when (IsGone(exception) || exception is JSException)
            {
                break;
            }
        }

        _callbacks.Dispose();
    }

    private async Task LoadAsync(IJSRuntime js, ElementReference element, string[] ids, bool hasProgress)
    {
        // Test doubles of IJSRuntime return null.
        if (await js.InvokeAsync<IJSObjectReference?>("import", Script) is not { } module)
            return;
        _references.Add(module);
        _connection = await module.InvokeAsync<IJSObjectReference?>("connect", element, _callbacks, ids, hasProgress);
        if (_connection is not null)
            _references.Insert(0, _connection);
    }

    private async Task InvokeAsync(string name, params object?[] arguments)
    {
        try
        {
            if (_connection is not null)
                await _connection.InvokeVoidAsync(name, arguments);
        }
        catch (Exception exception) when (IsGone(exception) || exception is JSException)
        {
            // The element has gone, with the page or with its connection.
        }
    }

    private static bool IsGone(Exception exception) =>
        exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
