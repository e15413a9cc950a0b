using CsCheck;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using static DirectUpload.Tests.Profiles.Requests;

namespace DirectUpload.Tests.Profiles;

public sealed class ContentTypeTests
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
    public void A_media_type_is_lower_case_and_without_parameters(string text, string expected)
    {
        MediaType.TryNormalise(text, out var type).Should().BeTrue();
        type.Should().Be(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
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
    public void Anything_else_is_not_one(string? text)
    {
        MediaType.TryNormalise(text, out _).Should().BeFalse();
        (Good with { ContentType = text! }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "The content type * is not a media type such as \"image/png\".");
    }

    [Fact]
    public void Each_half_has_at_most_127_characters()
    {
        MediaType.TryNormalise("a/" + new string('b', 127), out _).Should().BeTrue();
        MediaType.TryNormalise("a/" + new string('b', 128), out _).Should().BeFalse();
    }

    [Fact]
    public void What_passes_can_be_sent_as_a_header_and_passes_again_unchanged() => Hostile.Any.Select(text => "a/" + text).Sample(
        text =>
        {
            if (!MediaType.TryNormalise(text, out var type))
                return;
            type.Should().MatchRegex(@"\A[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+\z");
            MediaType.TryNormalise(type, out var again).Should().BeTrue();
            again.Should().Be(type);
        },
        iter: Cases.Times(3000));

    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("image/*", "image/png", true)]
    [InlineData("*/*", "image/png", true)]
    [InlineData("IMAGE/*", "image/png", true)]
    [InlineData("Image/Png", "image/png", true)]
    [InlineData("image/*", "imagex/png", false)]
    [InlineData("image/pn", "image/png", false)]
    [InlineData("text/*", "image/png", false)]
    public void A_pattern_matches_a_type_or_a_whole_kind(string pattern, string type, bool matches) => MediaType.Matches(pattern, type).Should().Be(matches);

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
    public void A_pattern_is_exact_or_a_kind_or_everything(string text, bool valid) => MediaType.IsPattern(text).Should().Be(valid);

    [Fact]
    public void A_type_that_the_profile_does_not_name_is_refused_with_those_that_it_does() =>
        (Good with { ContentType = "text/html" }).ShouldBeRefused(
            UploadErrorReason.TypeNotAllowed, "The content type \"text/html\" is not taken here; allowed: image/*, application/pdf.");

    [Fact]
    public void The_rules_hand_on_the_normalised_type()
    {
        ProfileRules.Check(Photos(), Good with { ContentType = "Image/PNG; q=1" }, out var normalised).Should().BeNull();

        normalised.ContentType.Should().Be("image/png");
    }

    [Theory]
    [InlineData("cat.png")]
    [InlineData("cat.PNG")]
    [InlineData("a.b.png")]
    public void An_extension_is_taken_in_any_case(string name) =>
        (Good with { FileName = name }).ShouldBeTaken(profile => profile.Extensions.Add(".Png"));

    [Theory]
    [InlineData("cat.exe")]
    [InlineData("cat.png.exe")]
    [InlineData("cat")]
    [InlineData("cat.")]
    [InlineData("cat.png ")]
    [InlineData("png")]
    public void Any_other_extension_is_refused(string name) =>
        (Good with { FileName = name }).ShouldBeRefused(
            UploadErrorReason.TypeNotAllowed, "The file extension * is not taken here; allowed: .png.", profile => profile.Extensions.Add(".png"));
}
