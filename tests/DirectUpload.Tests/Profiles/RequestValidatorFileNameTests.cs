using CsCheck;
using DirectUpload.Tests.Fixtures;
using static DirectUpload.Tests.Profiles.TestRequests;

namespace DirectUpload.Tests.Profiles;

public sealed class RequestValidatorFileNameTests
{
    [Theory]
    [InlineData("cat.png")]
    [InlineData("Cat \"in\" the 'hat'.png")]
    [InlineData("😀👩‍👩‍👧.png")]
    [InlineData("מסמך\u200f.png")]
    [InlineData(".gitignore")]
    [InlineData("no extension")]
    [InlineData("...")]
    [InlineData("100%.png")]
    [InlineData("<script>.png")]
    public void Check_ValidName_IsAccepted(string name) => (Valid with { FileName = name }).ShouldBeAccepted();

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData(null)]
    public void Check_MissingName_IsRefused(string? name) =>
        (Valid with { FileName = name! }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "The file name is missing.");

    [Theory]
    [InlineData("../cat.png")]
    [InlineData("..\\cat.png")]
    [InlineData("a/cat.png")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\cat.png")]
    [InlineData("..")]
    [InlineData(".")]
    public void Check_Path_IsRefused(string name) =>
        (Valid with { FileName = name })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "The file name * holds a path; send the plain name.");

    [Theory]
    [InlineData("a\0.png", "U+0000")]
    [InlineData("a\r\n.png", "U+000D")]
    [InlineData("a\n.png", "U+000A")]
    [InlineData("a\u007f.png", "U+007F")]
    [InlineData("a\u0085.png", "U+0085")]
    [InlineData("a\u2028.png", "U+2028")]
    [InlineData("a\u2029.png", "U+2029")]
    [InlineData("exe\u202egnp.exe", "U+202E")]
    [InlineData("a\u202a.png", "U+202A")]
    [InlineData("a\u2066.png", "U+2066")]
    [InlineData("a\u2069.png", "U+2069")]
    public void Check_UnsafeCharacter_IsRefusedByCodePoint(string name, string number) =>
        (Valid with { FileName = name }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, $"*the character {number},*");

    [Fact]
    public void Check_UnpairedSurrogate_IsRefusedByCodePoint()
    {
        (Valid with { FileName = "a\ud83d.png" }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*the character U+D83D,*");
        (Valid with { FileName = "\ude00a.png" }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*the character U+DE00,*");
    }

    [Fact]
    public void Check_Length_AllowsUpTo255()
    {
        (Valid with { FileName = new string('a', 251) + ".png" }).ShouldBeAccepted();
        (Valid with { FileName = new string('a', 252) + ".png" })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*256 characters; at most 255*");
        (Valid with { FileName = new string('a', 5000) }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*5000 characters*");
    }

    [Fact]
    public void Check_GeneratedNames_NeverAcceptsUnsafeCharacters() => UnsafeText.Any.Sample(
        name =>
        {
            if (Check(Valid with { FileName = name }) is { } error)
            {
                error.Message.Should().NotContainAny("\0", "\r", "\n", "\u202e", "\u2028", "\u2066").And.Subject.Length
                    .Should().BeLessThan(250);
                return;
            }

            name.Length.Should().BeInRange(1, 255);
            name.Should().NotContainAny("/", "\\", "\0", "\r", "\n", "\u202e", "\u2028", "\u2066");
            name.Should().NotBe(".").And.NotBe("..");
            name.EnumerateRunes().Should().NotContain(
                rune => rune.Value == 0xFFFD && !name.Contains('\uFFFD', StringComparison.Ordinal), "halves of pairs decode to U+FFFD");
        },
        iter: SampleCount.Scale(3000));
}
