using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using DirectUpload.Profiles;

namespace DirectUpload.Tests.Profiles;

public sealed class DispositionFileNameTests
{
    private static readonly string[] Letters =
    [
        "a", "Z", "0", " ", ".", "-", "\"", "'", "%", "\\x", "${", "}", ";", "*", "(", "<", "&", "+", "=", "~", "é", "ß", "ش", "ש",
        "\u200f",
        "字", "写", "한", "ก็", "नि", "😀", "👩‍👩‍👧", "🇫🇷", "👍🏽", "e\u0301\u0323", "\u3000", "𠮷", "﷽",
    ];

    private static readonly Gen<string> Letter = Choose(Letters);

    private static readonly Gen<string> Stem = Gen.OneOf(
        Letter.Array[0, 255].Select(string.Concat),
        Gen.Select(Letter, Gen.Int[1, 255], (letter, count) => string.Concat(Enumerable.Repeat(letter, count))),
        Gen.Int[200, 255].Select(count => "e" + new string('\u0301', count)));

    private static readonly Gen<string> Name = Gen.Select(
        Stem, Choose("", ".png", ".tar.gz", ".документ", ".字", ".", "." + new string('字', 60)),
        (stem, extension) => Cut(stem, Math.Max(1, 255 - extension.Length)) + extension);

    [Fact]
    public void Format_AnyName_FitsAndParses() => Name.Sample(
        name =>
        {
            var header = "attachment; " + DispositionFileName.Format(name);

            header.Length.Should().BeLessThanOrEqualTo(ContentDisposition.MaxLength);
            header.Should().MatchRegex("^[ -~]+$").And.NotContain("  ");
            var parsed = ContentDispositionHeaderValue.Parse(header);
            var shown = parsed.FileNameStar ?? parsed.FileName!.Trim('"');
            if (shown == name)
                return;
            // A shortened name is a beginning of whole letters, then the extension.
            var extension = Path.GetExtension(name).Length <= 32 ? Path.GetExtension(name) : string.Empty;
            shown.Should().EndWith(extension);
            var stem = shown[..(shown.Length - extension.Length)];
            stem.Should().NotBeEmpty();
            name.Should().StartWith(stem);
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shown)).Should().Be(shown, "no surrogate pair is cut");
            // Except in a first letter that is longer than the header itself.
            var firstEnd = StringInfo.GetNextTextElementLength(name);
            if (stem.Length >= firstEnd)
                StringInfo.ParseCombiningCharacters(name[..^extension.Length]).Append(name.Length - extension.Length)
                    .Should().Contain(stem.Length);
        },
        iter: 20_000);

    [Fact]
    public void Format_LettersWithMarks_AreNotCutInTwo()
    {
        var name = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 31)) + ".png";

        var shown = ContentDispositionHeaderValue.Parse("attachment; " + DispositionFileName.Format(name)).FileNameStar!;

        shown.Should().EndWith("👩‍👩‍👧.png");
        new StringInfo(shown).LengthInTextElements.Should().BeInRange(10, 30);
    }

    [Fact]
    public void Format_LongCjkName_KeepsTheExtension()
    {
        var header = DispositionFileName.Format(new string('字', 199) + ".png");

        ContentDispositionHeaderValue.Parse("attachment; " + header).FileNameStar.Should().MatchRegex("^字{90,100}[.]png$");
    }

    [Fact]
    public void Format_LongAsciiName_IsKept() =>
        DispositionFileName.Format(new string('a', 251) + ".png").Should().Be($"filename=\"{new string('a', 251)}.png\"");

    [Fact]
    public void Shorten_Variant_KeepsItsName()
    {
        var variant = "." + new string('v', 59) + ".webp";

        var shown = DispositionFileName.Shorten(new string('字', 250) + variant, variant);

        shown.Should().MatchRegex("^字+[.]v{59}[.]webp$");
        DispositionFileName.Format(shown).Should().Contain(Uri.EscapeDataString(shown));
    }

    private static Gen<string> Choose(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    // At most so many UTF-16 units, and no half of a surrogate pair.
    private static string Cut(string text, int length) =>
        text.Length <= length ? text.Length == 0 ? "字" : text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
