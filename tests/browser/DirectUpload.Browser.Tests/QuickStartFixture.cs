using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests;

/// <summary>QuickStart on some S3, and a real browser before it.</summary>
public abstract class QuickStartFixture : IAsyncLifetime
{
    private readonly ChromiumSession _browser = new();
    private QuickStartProcess? _quickStart;

    public QuickStartProcess QuickStart => _quickStart ?? throw new InvalidOperationException("The fixture was not started.");

    public async ValueTask InitializeAsync()
    {
        if (ChromiumEngine.Find() is null)
            return;
        _quickStart = await StartQuickStartAsync();
    }

    /// <summary>The page in a browser of its own: a new visitor.</summary>
    public async Task<QuickStartPage> VisitAsync(int width = 1280, int height = 900, bool script = true)
    {
        ChromiumEngine.Require();
        RequireServer();
        var context = await _browser
            .NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script });
        return await QuickStartPage.OpenAsync(await context.NewPageAsync(), QuickStart);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_quickStart is not null)
            await _quickStart.DisposeAsync();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Null when its S3 server is absent.</summary>
    protected abstract Task<QuickStartProcess?> StartQuickStartAsync();

    protected virtual void RequireServer()
    {
    }

    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;
}

/// <summary>As a new user runs it: LocalS3 inside.</summary>
public sealed class LocalS3QuickStart : QuickStartFixture
{
    protected override async Task<QuickStartProcess?> StartQuickStartAsync() => await QuickStartProcess.StartAsync();
}

/// <summary>On Ceph RGW, by configuration alone.</summary>
public sealed class RgwQuickStart : QuickStartFixture
{
    private readonly RgwFixture _rgw = new();

    protected override async Task<QuickStartProcess?> StartQuickStartAsync()
    {
        if (RgwEngine.Find() is null)
            return null;
        await _rgw.InitializeAsync();
        return await QuickStartProcess.StartAsync(_rgw.Access, _rgw.Bucket);
    }

    protected override void RequireServer() => RgwEngine.Require();

    protected override ValueTask StopAsync() => _rgw.DisposeAsync();
}
