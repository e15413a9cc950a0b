using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>samples/Mvc on an S3 server, and a browser for its users.</summary>
public abstract class MvcFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("mvc-").FullName;
    private readonly ChromiumSession _browser = new();
    private SampleProcess? _sample;

    public string Address => _sample!.Address;

    public string S3Endpoint { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumEngine.Find() is null || await FindStorageAsync() is not { } storage)
            return;
        S3Endpoint = storage.Endpoint;
        _sample = new("Mvc", new Dictionary<string, string>(storage.Settings)
        {
            ["ConnectionStrings__Database"] = $"Data Source={Path.Combine(_data, "app.db")}",
        });
        await _sample.StartAsync();
    }

    /// <summary>Registers a user in a browser of its own.</summary>
    public async Task<MvcUser> RegisterAsync(string name = "Ada", bool script = true, int width = 1280)
    {
        var user = await OpenAsync(script, width);
        await user.RegisterAsync(name);
        return user;
    }

    public async Task<MvcUser> SignInAsAdministratorAsync()
    {
        var administrator = await OpenAsync(script: true, width: 1280);
        await administrator.SignInAsync("admin@example.com", "correct horse battery");
        return administrator;
    }

    /// <summary>Opens a browser of its own for a user who is not signed in.</summary>
    public async Task<MvcUser> OpenAsync(bool script = true, int width = 1280)
    {
        ChromiumEngine.Require();
        RequireStorage();
        var context = await _browser.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = script, BaseURL = Address });
        return new MvcUser(await context.NewPageAsync(), this);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (_sample is not null)
            await _sample.DisposeAsync();
        await StopStorageAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Finds the storage with the settings of the sample; null if it is not available.</summary>
    protected abstract Task<(string Endpoint, Dictionary<string, string> Settings)?> FindStorageAsync();

    protected virtual void RequireStorage()
    {
    }

    protected virtual ValueTask StopStorageAsync() => ValueTask.CompletedTask;
}

public class MvcOnLocalS3 : MvcFixture
{
    private readonly string _objects = Directory.CreateTempSubdirectory("mvc-s3-").FullName;

    protected override Task<(string Endpoint, Dictionary<string, string> Settings)?> FindStorageAsync()
    {
        var endpoint = $"http://127.0.0.1:{Loopback.GetFreePort()}";
        return Task.FromResult<(string, Dictionary<string, string>)?>((endpoint, new Dictionary<string, string>
        {
            ["DirectUploads__LocalS3__Url"] = endpoint,
            ["DirectUploads__LocalS3__DataDirectory"] = _objects,
        }));
    }

    protected override ValueTask StopStorageAsync()
    {
        Directory.Delete(_objects, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class MvcOnRgw : MvcFixture
{
    private readonly RgwFixture _rgw = new();

    protected override async Task<(string Endpoint, Dictionary<string, string> Settings)?> FindStorageAsync()
    {
        if (RgwEngine.Find() is null)
            return null;
        await _rgw.InitializeAsync();
        return (_rgw.Access.Endpoint, new()
        {
            ["S3__Local"] = "false",
            ["S3__ServiceUrl"] = _rgw.Access.Endpoint,
            ["S3__AccessKey"] = _rgw.Access.AccessKey,
            ["S3__SecretKey"] = _rgw.Access.SecretKey,
            ["S3__Region"] = _rgw.Access.Region,
            ["DirectUploads__Bucket"] = _rgw.Bucket,
        });
    }

    protected override void RequireStorage() => RgwEngine.Require();

    protected override ValueTask StopStorageAsync() => _rgw.DisposeAsync();
}
