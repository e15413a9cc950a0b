using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>Files that arrive without anything going wrong.</summary>
public abstract class UppyTests(S3ServerFixture server) : UppySuite(server)
{
    public static TheoryData<UppyWay> WaysToPut => [new UppyWay(5, "signRequest", "put"), new UppyWay(6, "signRequest", "put")];

    /// <summary>Uppy 5 waits for an ETag after a form, for ever; on a server that sends none all its files go in parts.</summary>
    protected virtual bool AnswersFormsWithETag => true;

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_small_file_goes_by_a_form(UppyWay way) => ReachesS3Async(way, 1000, inParts: way.Version == 5 && !AnswersFormsWithETag);

    [Theory]
    [MemberData(nameof(WaysToPut))]
    public Task Or_by_PUT(UppyWay way) => ReachesS3Async(way, 1000, inParts: false);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_larger_one_in_parts(UppyWay way) => ReachesS3Async(way, (2 * Piece) + 7, inParts: true);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Sixty_mebibytes_too(UppyWay way) => ReachesS3Async(way, 12 * Piece, inParts: true);

    /// <summary>The key is the only proof of a visitor without an account, in both modes.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_visitor_without_an_account_uploads_too(UppyWay way)
    {
        await ReachesS3Async(way, 1000, inParts: way.Version == 5 && !AnswersFormsWithETag, owner: null);
        await ReachesS3Async(way, (2 * Piece) + 7, inParts: true, owner: null);
    }

    private async Task ReachesS3Async(UppyWay way, int size, bool inParts, string? owner = "ada")
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way with { AlwaysInParts = inParts && size <= Piece }, owner);

        await page.StartAsync(size);

        var record = await ReadyAsync(host, page, size, owner);
        (record.Parts is not null).Should().Be(inParts);
    }
}

public sealed class UppyOnLocalS3(LocalS3Fixture server) : UppyTests(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyOnRgw(RgwFixture server) : UppyTests(server), IClassFixture<RgwFixture>
{
    protected override bool AnswersFormsWithETag => false;
}
