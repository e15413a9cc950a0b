using DirectUpload.Browser.Tests.Uppy;
using DirectUpload.TestKit;
using DirectUpload.TestKit.Integrity;

namespace DirectUpload.Browser.Tests.Integrity;

/// <summary>Flips one bit of each file on its way from Uppy to storage; the page states checksums by <c>declareChecksums</c>.</summary>
public sealed class UppyIntegrityTests(LocalS3Fixture server) : UppyBrowserTests(server), IClassFixture<LocalS3Fixture>
{
    public static TheoryData<UppySetup, string> Methods => new()
    {
        { new UppySetup(6, "signRequest", "checked-put") { DeclaresChecksums = true }, "Put" },
        { new UppySetup(6, Profile: "checked-post") { DeclaresChecksums = true }, "Post" },
        { new UppySetup(6, "signRequest", "checked-post", AlwaysInParts: true) { DeclaresChecksums = true }, "Multipart" },
    };

    public static TheoryData<UppySetup> AllSetups =>
    [
        .. Methods.Select(method => method.Data.Item1),
        new UppySetup(5, Profile: "checked-post") { DeclaresChecksums = true },
        new UppySetup(5, "signRequest", "checked-put") { DeclaresChecksums = true },
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Upload_BitFlippedOnTheWay_IsRejected(UppySetup way, string method)
    {
        await using var host = await HostAsync(way);
        var (seed, bytes, found) = (Random.Shared.Next(), 0L, 0);
        var random = new Random(seed);
        for (var turn = 0; turn < IntegrityScope.Flips; turn++)
        {
            var size = IntegrityScope.ChooseSize(random);
            var flip = host.Storage.Flip = BitFlip.Create(random, size);
            // Uppy decides by the size of a file whether it is sent in parts.
            await using var page = await OpenAsync(host, way with { NeverInParts = !way.AlwaysInParts });

            await page.StartAsync(size);

            var (_, failed) = await page.WaitForResultAsync();
            flip.Applied.Should().Be(1, "seed {0}, turn {1}", seed, turn);
            // Uppy shows the message of a form's confirm, and the code of a completion in S3's XML.
            failed.Should().ContainSingle("seed {0}, turn {1}", seed, turn).Which.Should().MatchRegex("CRC-64/NVME|ChecksumMismatch");
            found++;
            bytes += size;
        }

        (await host.Store.ListAsync(UploadFilter.ForOwner("ada"), 2000, TestContext.Current.CancellationToken))
            .Should().HaveCount(IntegrityScope.Flips)
            .And.OnlyContain(record => record.Status == UploadStatus.Rejected && record.Error!.Code == "checksum-mismatch");
        IntegrityScope.Report("Uppy 6", method, "between client and storage", IntegrityScope.Flips, found, bytes);
    }

    [Theory]
    [MemberData(nameof(AllSetups))]
    public async Task Upload_UnchangedBytes_IsReady(UppySetup way)
    {
        foreach (var size in new[] { 1000, PartSize + 7 })
        {
            await using var host = await HostAsync(way);
            await using var page = await OpenAsync(host, way);

            await page.StartAsync(size);

            var record = await ReadyAsync(host, page, size);
            record.StoredChecksum.Should().Be(new UploadChecksum("CRC64NVME", record.ChecksumCrc64Nvme!, "FULL_OBJECT"));
            record.Metadata.Should().NotContainKey("checksumCrc64nvme");
        }
    }

    [Fact]
    public async Task Upload_RequiredChecksumNotDeclared_IsNotConfirmed()
    {
        var way = new UppySetup(6, Profile: "checked-post");
        await using var host = await HostAsync(way);
        await using var page = await OpenAsync(host, way);

        await page.StartAsync(1000);

        (await page.WaitForResultAsync()).Failed.Should().ContainSingle().Which.Should().Contain("requires a checksum");
        (await host.RecordAsync("ada")).Status.Should().Be(UploadStatus.Requested);
    }
}
