using DirectUpload.Browser.Tests.Client;
using DirectUpload.TestKit;
using DirectUpload.TestKit.Integrity;

namespace DirectUpload.Browser.Tests.Integrity;

/// <summary>Flips one bit of each file on its way from the browser client to storage.</summary>
public sealed class ClientIntegrityTests(ChromiumOnLocalS3 fixture) : IClassFixture<ChromiumOnLocalS3>
{
    // A page keeps the files of its uploads.
    private const int UploadsPerPage = 10;

    [Theory]
    [InlineData("checked", "Put")]
    [InlineData("checked-form", "Post")]
    [InlineData("checked-large", "Multipart")]
    public async Task Upload_BitFlippedOnTheWay_IsRejected(string profile, string method)
    {
        ChromiumEngine.Require();
        await using var host = await ClientHost.StartAsync(fixture.Server);
        var (seed, bytes, found) = (Random.Shared.Next(), 0L, 0);
        var random = new Random(seed);
        for (var turn = 0; turn < IntegrityScope.Flips;)
        {
            await using var page = await ScenarioPage.OpenAsync(fixture.Browser, host);
            for (var upload = 0; upload < UploadsPerPage && turn < IntegrityScope.Flips; upload++, turn++)
            {
                var size = IntegrityScope.ChooseSize(random);
                var flip = host.Storage.Flip = BitFlip.Create(random, size);

                var view = await SendAsync(page, profile, size, random.Next(1 << 20));

                flip.Applied.Should().Be(1, "seed {0}, turn {1}", seed, turn);
                view.State.Should().Be("rejected");
                view.Error!.Code.Should().Be("checksum-mismatch", "seed {0}, turn {1}", seed, turn);
                view.Error.CanRetry.Should().BeTrue("the same file can arrive unchanged the next time");
                found++;
                bytes += size;
            }
        }

        (await host.ListObjectsAsync()).Should().BeEmpty();
        IntegrityScope.Report("browser client", method, "between client and storage", IntegrityScope.Flips, found, bytes);
    }

    [Theory]
    [InlineData("checked")]
    [InlineData("checked-form")]
    [InlineData("checked-large")]
    public async Task Upload_UnchangedBytes_IsReady(string profile)
    {
        ChromiumEngine.Require();
        await using var host = await ClientHost.StartAsync(fixture.Server);
        await using var page = await ScenarioPage.OpenAsync(fixture.Browser, host);

        foreach (var size in new[] { 1, 70_000, (2 * ClientHost.PartSize) + 11 })
        {
            var view = await SendAsync(page, profile, size, seed: size);

            view.State.Should().Be("ready", "{0}", view.Error);
            var record = await host.GetRecordAsync(view.Id!);
            record.ChecksumSha256.Should().BeNull();
            record.StoredChecksum.Should().Be(new UploadChecksum("CRC64NVME", record.ChecksumCrc64Nvme!, "FULL_OBJECT"));
            (await host.HashContentAsync(view.Id!)).Should().Be(view.Sha256);
        }
    }

    [Fact]
    public async Task Retry_AfterFlippedBit_SendsTheFileAgain()
    {
        ChromiumEngine.Require();
        await using var host = await ClientHost.StartAsync(fixture.Server);
        await using var page = await ScenarioPage.OpenAsync(fixture.Browser, host);
        host.Storage.Flip = BitFlip.Create(new Random(3), 1000);
        (await SendAsync(page, "checked", 1000, seed: 1)).Error!.Code.Should().Be("checksum-mismatch");
        host.Storage.Flip = null;

        await page.RunAsync("scenario.uploads[0].retry()");

        (await page.UntilReadyAsync(0)).State.Should().Be("ready");
    }

    [Fact]
    public async Task Reload_BeforeTheConfirm_StatesTheChecksum()
    {
        ChromiumEngine.Require();
        await using var host = await ClientHost.StartAsync(fixture.Server);
        await using var page = await ScenarioPage.OpenAsync(fixture.Browser, host);
        var path = fixture.CreateFile("film.bin", (2 * ClientHost.PartSize) + 11);
        host.IsConfirmRefused = true;
        await page.StartChosenAsync(new { profile = "checked-large", checksum = false }, path);
        while (!host.Calls.Any(static call => call.EndsWith("/confirm", StringComparison.Ordinal)))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await page.ReloadAsync();
        host.IsConfirmRefused = false;

        // Storage has all bytes, so the page continues without the file.
        await page.RunAsync("scenario.client.interrupted().then(([upload]) => upload.resume()).then((upload) => scenario.follow(upload))");

        var view = await page.UntilReadyAsync(0);
        view.State.Should().Be("ready", "{0}", view.Error);
        (await host.GetRecordAsync(view.Id!)).ChecksumCrc64Nvme.Should().NotBeNull();
    }

    private static async Task<UploadView> SendAsync(ScenarioPage page, string profile, int size, int seed)
    {
        var indexes = await page.StartAsync(new { profile, checksum = false }, new GeneratedFile($"{seed}.bin", size, Seed: seed));
        return await page.UntilReadyAsync(indexes[0]);
    }
}
