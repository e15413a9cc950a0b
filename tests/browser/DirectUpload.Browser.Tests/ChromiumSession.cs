using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>Opens pages in <see cref="SharedChromium"/>, and closes all of them at the end of a test or of a class.</summary>
internal sealed class ChromiumSession : IAsyncDisposable
{
    private readonly ConcurrentQueue<IBrowserContext> _contexts = [];

    /// <summary>Creates the context of a new visitor.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await (await SharedChromium.GetAsync()).NewContextAsync(options);
        _contexts.Enqueue(context);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        while (_contexts.TryDequeue(out var context))
            await context.CloseAsync();
    }
}
