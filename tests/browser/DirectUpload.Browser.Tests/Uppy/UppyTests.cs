using System.Text.Json;
using DirectUpload.TestKit;
using DirectUpload.Uploads;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Real Uppy in a real browser, its companionEndpoint ours.</summary>
public abstract class UppyTests(S3ServerFixture server) : IAsyncLifetime
{
    private const int Piece = 5 * 1024 * 1024;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var chromium = ChromiumEngine.Require();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium.Path, Args = ChromiumEngine.Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Uppy 5 waits for an ETag after a form, for ever; on a server that sends none all its files go in parts.</summary>
    protected virtual bool AnswersFormsWithETag => true;

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(6, 1000)]
    [InlineData(5, (2 * Piece) + 7)]
    [InlineData(6, (2 * Piece) + 7)]
    [InlineData(5, 60 * 1024 * 1024)]
    [InlineData(6, 60 * 1024 * 1024)]
    public async Task A_file_reaches_S3_and_its_record_is_ready(int version, int size)
    {
        await using var host = await UppyHost.StartAsync(server, UppyEngine.Require(version));
        var page = await _browser!.NewPageAsync();
        var always = version == 5 && !AnswersFormsWithETag;
        await page.GotoAsync($"{host.Address}/?version={version}{(always ? "&always" : "")}");
        await page.WaitForFunctionAsync("() => window.start");

        await page.EvaluateAsync("size => start('holiday film.bin', 'application/x-film', size)", size);
        var result = await page.EvaluateAsync<JsonElement>("() => done").WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        result.GetProperty("failed").EnumerateArray().Should().BeEmpty();
        var url = result.GetProperty("successful").EnumerateArray().Should().ContainSingle().Subject.GetString()!;
        var record = (await host.Store.ListByOwnerAsync(null, 10, cancellationToken: TestContext.Current.CancellationToken)).Should().ContainSingle().Subject;
        url.Should().EndWith(record.StagingKey);
        (record.Status, record.Size, record.FileName, record.ContentType).Should().Be((UploadStatus.Ready, (long)size, "holiday film.bin", "application/x-film"));
        record.Metadata.Should().Contain("album", "2026");
        (record.Parts is null).Should().Be(size <= Piece && !always);
        using var stored = await server.S3.GetObjectAsync(server.Bucket, record.FinalKey, TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stored.ResponseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        bytes.ToArray().Should().Equal(Enumerable.Range(0, size).Select(at => (byte)((at * 31) + (at >> 12))));
    }
}

public sealed class UppyOnLocalS3Tests(LocalS3Fixture server) : UppyTests(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyOnRgwTests(RgwFixture server) : UppyTests(server), IClassFixture<RgwFixture>
{
    protected override bool AnswersFormsWithETag => false;
}
