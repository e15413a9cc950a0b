using Amazon.S3.Model;
using DirectUpload.Stores;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Real Uppy in a real browser, its server ours.</summary>
public abstract class UppyBrowserTests(S3ServerFixture server) : IAsyncLifetime
{
    protected const int PartSize = UppyHost.PartSize;

    private readonly ChromiumSession _browser = new();

    public static TheoryData<UppySetup> Setups => [new UppySetup(5), new UppySetup(6), new UppySetup(6, "signRequest")];

    internal S3ServerFixture Server => server;

    public ValueTask InitializeAsync()
    {
        ChromiumEngine.Require();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal Task<UppyHost> HostAsync(UppySetup way, TimeSpan? lifetime = null) =>
        UppyHost.StartAsync(server, UppyEngine.Require(way.Version), lifetime);

    internal Task<UppyPage> OpenAsync(UppyHost host, UppySetup way, string? user = "ada") => UppyPage.OpenAsync(_browser, host, way, user);

    internal async Task<UploadRecord> ReadyAsync(UppyHost host, UppyPage page, int size, string? owner = "ada")
    {
        var (successful, failed) = await page.WaitForResultAsync();
        failed.Should().BeEmpty();
        var record = await host.RecordAsync(owner);
        successful.Should().ContainSingle().Which.Should().EndWith(record.StagingKey);
        (record.Status, record.Size, record.FileName, record.ContentType)
            .Should().Be((UploadStatus.Ready, (long)size, "holiday film.bin", "application/x-film"));
        record.Metadata.Should().Contain("album", "2026");
        using var stored = await server.S3.GetObjectAsync(host.Bucket, record.FinalKey);
        using var bytes = new MemoryStream();
        await stored.ResponseStream.CopyToAsync(bytes);
        bytes.ToArray().Should().Equal(CreateBytes(size));
        return record;
    }

    internal async Task<IReadOnlyList<MultipartUpload>> UnfinishedAsync(UppyHost host) =>
        (await server.S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = host.Bucket })).MultipartUploads ?? [];

    /// <summary>Creates the bytes that the page sends.</summary>
    internal static byte[] CreateBytes(int size) => [.. Enumerable.Range(0, size).Select(at => (byte)((at * 31) + (at >> 12)))];

    /// <summary>Waits for what the browser does by itself.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
            await Task.Delay(50, late.Token);
    }

    internal static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));
}
