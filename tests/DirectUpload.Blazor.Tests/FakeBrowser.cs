using Microsoft.JSInterop;

namespace DirectUpload.Blazor.Tests;

/// <summary>A browser whose scripts load at once, and connect an element when the test lets them.</summary>
public sealed class FakeBrowser : IJSRuntime, IJSObjectReference
{
    private readonly TaskCompletionSource<object?> _connected = new();

    public List<string> Calls { get; } = [];

    public void Connect() => _connected.SetResult(this);

    public void Fail(Exception exception) => _connected.SetException(exception);

    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
    {
        Calls.Add(identifier);
        return identifier switch
        {
            "import" => (TValue)(object)this,
            "connect" => (TValue)(await _connected.Task)!,
            _ => default!,
        };
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        InvokeAsync<TValue>(identifier, args);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
