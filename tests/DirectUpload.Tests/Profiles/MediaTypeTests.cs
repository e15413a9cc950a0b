using CsCheck;
using DirectUpload.Profiles;
using DirectUpload.Tests.Fixtures;
using static DirectUpload.Tests.Profiles.TestRequests;

namespace DirectUpload.Tests.Profiles;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("IMAGE/PNG", "image/png")]
    [InlineData("Text/Plain; charset=utf-8", "text/plain")]
    [InlineData("text/plain ;charset=utf-8", "text/plain")]
    [InlineData(" text/plain ", "text/plain")]
    [InlineData("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("text/plain;", "text/plain")]
    public void TryNormalize_MediaType_IsLowerCaseWithoutParameters(string text, string expected)
    {
        MediaType.TryNormalize(text, out var type).Should().BeTrue();
        type.Should().Be(expected);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("image/")]
    [InlineData("/png")]
    [InlineData("image/png/x")]
    [InlineData("image/*")]
    [InlineData("*/*")]
    [InlineData("image /png")]
    [InlineData("image/p ng")]
    [InlineData("image/png\r\nx-evil: 1")]
    [InlineData("image/png\0")]
    [InlineData("ımage/png")]
    [InlineData("image/pn\u212a")]
    [InlineData("-image/png")]
    [InlineData(";image/png")]
    [InlineData("\"image/png\"")]
    public void TryNormalize_InvalidText_Fails(string? text)
    {
        MediaType.TryNormalize(text, out _).Should().BeFalse();
        (Valid with { ContentType = text! })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "The content type * is not a media type such as \"image/png\".");
    }

    [Fact]
    public void TryNormalize_Length_AllowsUpTo127PerPart()
    {
        MediaType.TryNormalize("a/" + new string('b', 127), out _).Should().BeTrue();
        MediaType.TryNormalize("a/" + new string('b', 128), out _).Should().BeFalse();
    }

    [Fact]
    public void TryNormalize_Result_IsAHeaderValueAndStable() => UnsafeText.Any.Select(text => "a/" + text).Sample(
        text =>
        {
            if (!MediaType.TryNormalize(text, out var type))
                return;
            type.Should().MatchRegex(@"\A[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+\z");
            MediaType.TryNormalize(type, out var again).Should().BeTrue();
            again.Should().Be(type);
        },
        iter: SampleCount.Scale(3000));

    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("image/*", "image/png", true)]
    [InlineData("*/*", "image/png", true)]
    [InlineData("IMAGE/*", "image/png", true)]
    [InlineData("Image/Png", "image/png", true)]
    [InlineData("image/*", "imagex/png", false)]
    [InlineData("image/pn", "image/png", false)]
    [InlineData("text/*", "image/png", false)]
    public void Matches_Pattern_ComparesExactlyOrByKind(string pattern, string type, bool matches) =>
        MediaType.Matches(pattern, type).Should().Be(matches);

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/*", true)]
    [InlineData("*/*", true)]
    [InlineData("Image/PNG", true)]
    [InlineData("*", false)]
    [InlineData("*/png", false)]
    [InlineData("image", false)]
    [InlineData("image/p*", false)]
    [InlineData("image/png; charset=utf-8", false)]
    [InlineData("/*", false)]
    [InlineData("", false)]
    [InlineData(".png", false)]
    public void IsPattern_AllowsTypeKindOrAny(string text, bool valid) => MediaType.IsPattern(text).Should().Be(valid);

    [Fact]
    public void Check_TypeNotInProfile_ListsAllowedTypes() =>
        (Valid with { ContentType = "text/html" }).ShouldBeRefused(
            UploadErrorCodes.TypeNotAllowed,
            "The profile does not accept the content type \"text/html\"; allowed: image/*, application/pdf.");

    [Fact]
    public void Check_ContentType_ReturnsItNormalized()
    {
        ProfileRules.Check(CreatePhotosProfile(), Valid with { ContentType = "Image/PNG; q=1" }, out var normalised).Should().BeNull();

        normalised.ContentType.Should().Be("image/png");
    }

    [Theory]
    [InlineData("cat.png")]
    [InlineData("cat.PNG")]
    [InlineData("a.b.png")]
    public void Check_ExtensionInOtherCase_IsAccepted(string name) =>
        (Valid with { FileName = name }).ShouldBeAccepted(profile => profile.Extensions.Add(".Png"));

    [Theory]
    [InlineData("cat.exe")]
    [InlineData("cat.png.exe")]
    [InlineData("cat")]
    [InlineData("cat.")]
    [InlineData("cat.png ")]
    [InlineData("png")]
    public void Check_OtherExtension_IsRefused(string name) =>
        (Valid with { FileName = name }).ShouldBeRefused(
            UploadErrorCodes.TypeNotAllowed, "The profile does not accept the file extension *; allowed: .png.",
            profile => profile.Extensions.Add(".png"));
}
