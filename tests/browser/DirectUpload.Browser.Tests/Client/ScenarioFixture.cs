using DirectUpload.Browser.Tests.Client.Browsers;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>A browser and an S3 server for the scenarios.</summary>
public abstract class ScenarioFixture(S3ServerFixture server, Func<string, Task<IClientBrowser>> startBrowser, Func<object?> findBrowser)
    : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenarios-").FullName;
    private IClientBrowser? _browser;
    private int _profiles;

    public S3ServerFixture Server => server;

    /// <summary>The browser that the scenarios share; each has an origin of its own, and so a storage of its own.</summary>
    public IClientBrowser Browser => _browser ?? throw new InvalidOperationException("The browser was not found.");

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        if (findBrowser() is not null)
            _browser = await StartBrowserAsync();
    }

    /// <summary>Starts another browser; with the profile folder of an earlier one, it has what that one stored.</summary>
    public Task<IClientBrowser> StartBrowserAsync(string? profile = null) => startBrowser(profile ?? NewProfile());

    /// <summary>Creates a profile folder for a browser.</summary>
    public string NewProfile() =>
        Directory.CreateDirectory(Path.Combine(_folder, $"profile-{Interlocked.Increment(ref _profiles)}")).FullName;

    /// <summary>Creates a file with content that is the same in every run.</summary>
    public string CreateFile(string name, int size)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName, name);
        var content = new byte[size];
        new Random(size).NextBytes(content);
        File.WriteAllBytes(path, content);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        await server.DisposeAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser may still write to its profile.
        }

        GC.SuppressFinalize(this);
    }
}

public sealed class ChromiumOnLocalS3() : ScenarioFixture(new LocalS3Fixture(), ChromiumBrowser.StartAsync, ChromiumEngine.Find);

public sealed class ChromiumOnRgw() : ScenarioFixture(new RgwFixture(), ChromiumBrowser.StartAsync, ChromiumEngine.Find);

public sealed class FirefoxOnLocalS3() : ScenarioFixture(new LocalS3Fixture(), FirefoxBrowser.StartAsync, FirefoxEngine.Find);

public sealed class FirefoxOnRgw() : ScenarioFixture(new RgwFixture(), FirefoxBrowser.StartAsync, FirefoxEngine.Find);
