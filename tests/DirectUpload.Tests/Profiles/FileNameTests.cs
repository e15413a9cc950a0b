using CsCheck;
using DirectUpload.Uploads;
using static DirectUpload.Tests.Profiles.Requests;

namespace DirectUpload.Tests.Profiles;

public sealed class FileNameTests
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
    public void An_honest_name_is_taken(string name) => (Good with { FileName = name }).ShouldBeTaken();

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData(null)]
    public void A_missing_name_is_refused(string? name) =>
        (Good with { FileName = name! }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "The file name is missing.");

    [Theory]
    [InlineData("../cat.png")]
    [InlineData("..\\cat.png")]
    [InlineData("a/cat.png")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\cat.png")]
    [InlineData("..")]
    [InlineData(".")]
    public void A_path_is_refused(string name) =>
        (Good with { FileName = name }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "The file name * holds a path; send the plain name.");

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
    public void A_character_that_deceives_or_breaks_is_refused_by_its_number(string name, string number) =>
        (Good with { FileName = name }).ShouldBeRefused(UploadErrorReason.InvalidRequest, $"*the character {number},*");

    [Fact]
    public void Half_a_surrogate_pair_is_refused_by_its_number()
    {
        (Good with { FileName = "a\ud83d.png" }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*the character U+D83D,*");
        (Good with { FileName = "\ude00a.png" }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*the character U+DE00,*");
    }

    [Fact]
    public void At_most_255_characters_are_taken()
    {
        (Good with { FileName = new string('a', 251) + ".png" }).ShouldBeTaken();
        (Good with { FileName = new string('a', 252) + ".png" }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*256 characters; at most 255*");
        (Good with { FileName = new string('a', 5000) }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*5000 characters*");
    }

    [Fact]
    public void No_generated_name_gets_through_with_anything_dangerous_in_it() => Hostile.Any.Sample(
        name =>
        {
            if (Check(Good with { FileName = name }) is { } error)
            {
                error.Detail.Should().NotContainAny("\0", "\r", "\n", "\u202e", "\u2028", "\u2066").And.Subject.Length.Should().BeLessThan(250);
                return;
            }

            name.Length.Should().BeInRange(1, 255);
            name.Should().NotContainAny("/", "\\", "\0", "\r", "\n", "\u202e", "\u2028", "\u2066");
            name.Should().NotBe(".").And.NotBe("..");
            name.EnumerateRunes().Should().NotContain(rune => rune.Value == 0xFFFD && !name.Contains('\uFFFD', StringComparison.Ordinal), "halves of pairs decode to U+FFFD");
        },
        iter: Cases.Times(3000));
}
