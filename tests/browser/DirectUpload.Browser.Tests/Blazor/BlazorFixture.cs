using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Blazor;

/// <summary>samples/Blazor on LocalS3, and a browser for its visitors.</summary>
public sealed class BlazorFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("blazor-").FullName;
    private readonly ChromiumSession _browser = new();
    private SampleProcess? _sample;

    public string Address => _sample!.Address;

    public string S3Endpoint { get; } = $"http://127.0.0.1:{Loopback.GetFreePort()}";

    /// <summary>Gets the folder in which LocalS3 stores the objects.</summary>
    public string ObjectsFolder => Path.Combine(_data, "s3");

    public async ValueTask InitializeAsync()
    {
        if (ChromiumEngine.Find() is null)
            return;
        _sample = new("Blazor", new Dictionary<string, string>
        {
            ["ConnectionStrings__Uploads"] = $"Data Source={Path.Combine(_data, "records.db")}",
            ["DirectUploads__LocalS3__Url"] = S3Endpoint,
            ["DirectUploads__LocalS3__DataDirectory"] = ObjectsFolder,
        });
        await _sample.StartAsync();
    }

    /// <summary>Opens a page in a browser of its own, and waits until it can upload.</summary>
    /// <param name="path">The path: "static", "server" or "webassembly".</param>
    /// <param name="address">The address of the sample, or of a proxy before it.</param>
    public async Task<BlazorPage> OpenAsync(string path, string? address = null)
    {
        ChromiumEngine.Require();
        var context = await _browser.NewContextAsync(new() { BaseURL = address ?? Address });
        var page = new BlazorPage(await context.NewPageAsync(), this);
        await page.GoToAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_sample is not null)
            await _sample.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
