using DirectUpload.AspNetCore.TagHelpers;
using DirectUpload.Presigning;
using NSubstitute;

namespace DirectUpload.AspNetCore.Tests.TagHelpers;

public sealed class UploadImageTagHelperTests
{
    private static readonly Dictionary<string, string> Headers = [];
    private readonly IDirectUploadService _uploads = Substitute.For<IDirectUploadService>();

    public UploadImageTagHelperTests() => _uploads
        .CreateDownloadUrlAsync(Arg.Any<UploadId>(), Arg.Any<UploadAccess>(), Arg.Any<string?>(), Arg.Any<CancellationToken>())
        .Returns(call => Task.FromResult<UploadResult<PresignedUrl>>(call.ArgAt<string?>(2) == "gone"
            ? new UploadError(UploadErrorCodes.NotFound, "There is no such variant.")
            : new PresignedUrl("GET", $"https://s3.test/{call.ArgAt<string?>(2)}?a=1&b=2", Headers, DateTimeOffset.MaxValue)));

    [Fact]
    public async Task Variants_WithWidths_AreOfferedFromTheNarrowestToTheWidest()
    {
        var html = await RenderAsync(Create(("large", 1600), ("small", 320), ("medium", 800)));

        html.Should().Be(
            "<img alt=\"A cat\" src=\"https://s3.test/large?a=1&amp;b=2\" srcset=\"https://s3.test/small?a=1&amp;b=2 320w, "
            + "https://s3.test/medium?a=1&amp;b=2 800w, https://s3.test/large?a=1&amp;b=2 1600w\">");
    }

    [Theory]
    [InlineData("small large")]
    [InlineData("large,small, other")]
    public async Task Variants_Named_AreTheOnlyOnes(string names)
    {
        var html = await RenderAsync(Create(("large", 1600), ("square", 200), ("small", 320)), names);

        html.Should().Contain("large?a=1&amp;b=2 1600w").And.Contain("small?a=1&amp;b=2 320w").And.NotContain("square");
    }

    [Fact]
    public async Task Variant_Single_HasNoSrcset()
    {
        var html = await RenderAsync(Create(("large", 1600), ("gone", 320)));

        html.Should().Be("<img alt=\"A cat\" src=\"https://s3.test/large?a=1&amp;b=2\">");
    }

    [Fact]
    public async Task Variants_OfTheSameWidth_AreOfferedOnce()
    {
        var html = await RenderAsync(Create(("large", 200), ("medium", 200), ("small", 120)));

        html.Should().Be(
            "<img alt=\"A cat\" src=\"https://s3.test/large?a=1&amp;b=2\" srcset=\"https://s3.test/small?a=1&amp;b=2 120w, "
            + "https://s3.test/large?a=1&amp;b=2 200w\">");
    }

    // The content itself may hold the position of the photographer, so it never takes the place of a variant.
    [Fact]
    public async Task Variants_None_RenderNothing()
    {
        (await RenderAsync(Create())).Should().BeEmpty();
        (await RenderAsync(Create(("large", 1600)), "small")).Should().BeEmpty();
        (await RenderAsync(null)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(UploadStatus.Processing)]
    [InlineData(UploadStatus.Rejected)]
    public async Task Upload_NotReady_RendersNothing(UploadStatus status)
    {
        (await RenderAsync(Create(status, ("large", 1600)))).Should().BeEmpty();
    }

    private static Upload Create(params (string Name, int Width)[] variants) => Create(UploadStatus.Ready, variants);

    private static Upload Create(UploadStatus status, params (string Name, int Width)[] variants) => new()
    {
        Id = UploadId.Create(DateTimeOffset.UtcNow),
        Profile = "photo",
        FileName = "cat.jpg",
        ContentType = "image/jpeg",
        Status = status,
        Variants = [.. variants.Select(variant => new UploadVariant(variant.Name, $"photo/cat.{variant.Name}", "image/webp", 1))],
        Properties = variants.ToDictionary(variant => $"{variant.Name}.width", variant => $"{variant.Width}"),
    };

    private Task<string> RenderAsync(Upload? upload, string? variants = null) =>
        TagHelperPage.RenderImageAsync(new UploadImageTagHelper(_uploads) { Upload = upload, Variants = variants }, ("alt", "A cat"));
}
