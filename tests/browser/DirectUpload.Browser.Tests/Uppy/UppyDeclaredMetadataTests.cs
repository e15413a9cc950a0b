using System.Security.Cryptography;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Tests profiles that require an association and a checksum, which the page declares in the file's metadata.</summary>
public abstract class UppyDeclaredMetadataTests(S3ServerFixture server) : UppyBrowserTests(server)
{
    private static readonly object Film = new { associationType = "film", associationId = "7" };

    public static TheoryData<UppySetup> StrictSetups =>
    [
        new UppySetup(5, Profile: "strict-post"), new UppySetup(6, Profile: "strict-post"), new UppySetup(6, "signRequest", "strict-post"),
    ];

    public static TheoryData<UppySetup> StrictPutSetups =>
        [new UppySetup(5, "signRequest", "strict-put"), new UppySetup(6, "signRequest", "strict-put")];

    protected virtual bool AnswersFormsWithETag => true;

    [Theory]
    [MemberData(nameof(StrictSetups))]
    public Task Form_Declared_IsReady(UppySetup way) =>
        ReachesS3Async(way with { AlwaysInParts = way.Version == 5 && !AnswersFormsWithETag }, 1000);

    [Theory]
    [MemberData(nameof(StrictPutSetups))]
    public Task Put_Declared_IsReady(UppySetup way) => ReachesS3Async(way, 1000);

    [Theory]
    [MemberData(nameof(StrictSetups))]
    public Task Parts_Declared_AreReady(UppySetup way) => ReachesS3Async(way, PartSize + 7);

    [Theory]
    [MemberData(nameof(StrictSetups))]
    public async Task Form_NotDeclared_IsRefused(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);

        await page.StartAsync(1000);

        (await page.WaitForResultAsync()).Failed.Should().ContainSingle();
        (await host.Store.ListAsync(UploadFilter.ForOwner("ada"), 10, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    private async Task ReachesS3Async(UppySetup way, int size)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);

        await page.StartAsync(size, Film);

        var record = await ReadyAsync(host, page, size);
        record.Association.Should().Be(new UploadAssociation("film", "7"));
        record.ChecksumSha256.Should().Be(Convert.ToBase64String(SHA256.HashData(CreateBytes(size))));
        record.Metadata.Should().NotContainKeys("associationType", "associationId", "checksumSha256");
    }
}

public sealed class UppyDeclaredMetadataOnLocalS3Tests(LocalS3Fixture server)
    : UppyDeclaredMetadataTests(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyDeclaredMetadataOnRgwTests(RgwFixture server) : UppyDeclaredMetadataTests(server), IClassFixture<RgwFixture>
{
    protected override bool AnswersFormsWithETag => false;
}
