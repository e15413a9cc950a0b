using DirectUpload.Blazor.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DirectUpload.Blazor;

public sealed partial class DirectUpload : IBrowserEventHandler
{
    private ElementReference _element;
    private BrowserElement? _browser;
    private string[] _idsOfBrowser = [];
    private bool _reportsProgress;
    private bool _isConnected;
    private bool _isDisposed;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await ConnectAsync();
        else if (_browser is not null)
            await UpdateAsync(_browser);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        StopObservingForm();
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        (_idsOfBrowser, _reportsProgress) = (_ids, OnProgress.HasDelegate);
        var browser = await BrowserElement.ConnectAsync(JS, _element, new BrowserCallbacks(this), _ids, _reportsProgress);
        if (browser is null)
            return;
        if (_isDisposed)
        {
            await browser.DisposeAsync();
            return;
        }

        (_browser, _isConnected) = (browser, true);
        StateHasChanged();
    }

    private async Task UpdateAsync(BrowserElement browser)
    {
        var hasOtherIds = !_ids.SequenceEqual(_idsOfBrowser);
        if (!hasOtherIds && _reportsProgress == OnProgress.HasDelegate)
            return;
        (_idsOfBrowser, _reportsProgress) = (_ids, OnProgress.HasDelegate);
        await browser.UpdateAsync(hasOtherIds ? _ids : null, _reportsProgress);
    }

    Task IBrowserEventHandler.ChangeAsync(IReadOnlyList<string> ids) => HandleAsync(() => ChangeIdsAsync(ids));

    Task IBrowserEventHandler.ReadyAsync(DirectUploadReadyEventArgs ready) => HandleAsync(() => OnReady.InvokeAsync(ready));

    Task IBrowserEventHandler.ReportAsync(DirectUploadProgressEventArgs progress) => HandleAsync(() => OnProgress.InvokeAsync(progress));

    Task IBrowserEventHandler.FailAsync(DirectUploadErrorEventArgs error) => HandleAsync(() => OnError.InvokeAsync(error));

    private Task HandleAsync(Func<Task> handle) => InvokeAsync(async () =>
    {
        if (_isDisposed)
            return;
        try
        {
            await handle();
        }
        catch (Exception exception)
        {
            // As for the events of Blazor's own elements: an ErrorBoundary, or the circuit, handles what the application throws.
            await DispatchExceptionAsync(exception);
        }
    });
}
