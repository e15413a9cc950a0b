using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Files that arrive without anything going wrong.</summary>
public abstract class UppyTests(S3ServerFixture server) : UppyBrowserTests(server)
{
    public static TheoryData<UppySetup> PutSetups => [new UppySetup(5, "signRequest", "put"), new UppySetup(6, "signRequest", "put")];

    /// <summary>Uppy 5 waits for an ETag after a form, for ever; on a server that sends none all its files go in parts.</summary>
    protected virtual bool AnswersFormsWithETag => true;

    [Theory]
    [MemberData(nameof(Setups))]
    public Task SmallFile_GoesByForm(UppySetup way) => ReachesS3Async(way, 1000, inParts: way.Version == 5 && !AnswersFormsWithETag);

    [Theory]
    [MemberData(nameof(PutSetups))]
    public Task SmallFile_GoesByPut(UppySetup way) => ReachesS3Async(way, 1000, inParts: false);

    [Theory]
    [MemberData(nameof(Setups))]
    public Task LargerFile_GoesInParts(UppySetup way) => ReachesS3Async(way, (2 * PartSize) + 7, inParts: true);

    [Theory]
    [MemberData(nameof(Setups))]
    public Task File_OfSixtyMebibytes_GoesInParts(UppySetup way) => ReachesS3Async(way, 12 * PartSize, inParts: true);

    /// <summary>The key is the only proof of a visitor without an account, in both modes.</summary>
    [Theory]
    [MemberData(nameof(Setups))]
    public async Task AnonymousVisitor_CanUpload(UppySetup way)
    {
        await ReachesS3Async(way, 1000, inParts: way.Version == 5 && !AnswersFormsWithETag, owner: null);
        await ReachesS3Async(way, (2 * PartSize) + 7, inParts: true, owner: null);
    }

    private async Task ReachesS3Async(UppySetup way, int size, bool inParts, string? owner = "ada")
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way with { AlwaysInParts = inParts && size <= PartSize }, owner);

        await page.StartAsync(size);

        var record = await ReadyAsync(host, page, size, owner);
        (record.PartSize is not null).Should().Be(inParts);
    }
}

public sealed class UppyOnLocalS3Tests(LocalS3Fixture server) : UppyTests(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyOnRgwTests(RgwFixture server) : UppyTests(server), IClassFixture<RgwFixture>
{
    protected override bool AnswersFormsWithETag => false;
}
