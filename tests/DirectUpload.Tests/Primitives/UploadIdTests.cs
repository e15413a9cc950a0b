using System.Text.RegularExpressions;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Primitives;

public sealed partial class UploadIdTests
{
    [Fact]
    public void New_IsUuidVersion7As32LowerHexDigits() =>
        UploadId.Create(TestData.Start).ToString().Should().MatchRegex(@"\A[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}\z");

    [Fact]
    public void New_SortsByCreationTime()
    {
        var ids = Enumerable.Range(0, 100).Select(number => UploadId.Create(TestData.Start.AddMilliseconds(number)).ToString()).ToArray();

        ids.Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void New_SameInstant_IsUnique() =>
        Enumerable.Range(0, 1000).Select(_ => UploadId.Create(TestData.Start)).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Parse_ToString_RoundTrips()
    {
        var id = UploadId.Create(TestData.Start);

        UploadId.Parse(id.ToString()).Should().Be(id);
        UploadId.TryParse(id.ToString(), out var parsed).Should().BeTrue();
        parsed.Should().Be(id);
    }

    [Fact]
    public void InterpolatedString_HasTheSameText()
    {
        var id = UploadId.Create(TestData.Start);

        $"{id}".Should().Be(id.ToString());
        $"{id,34}".Should().Be("  " + id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0195500000007000800000000000ABCD")]
    [InlineData("01955000-0000-7000-8000-00000000abcd")]
    [InlineData("0195500000007000800000000000abc")]
    [InlineData("0195500000007000800000000000abcd0")]
    [InlineData(" 195500000007000800000000000abcd")]
    [InlineData("0195500000007000800000000000abcg")]
    [InlineData("٠195500000007000800000000000abcd")]
    public void Parse_OtherSpelling_Fails(string? text)
    {
        UploadId.TryParse(text, out _).Should().BeFalse();
        FluentActions.Invoking(() => UploadId.Parse(text!)).Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("staging/film/0198c0de00007000800000000000beef.mp4", true)]
    [InlineData("0198c0de00007000800000000000beef", true)]
    [InlineData("a/0198c0de00007000800000000000beef-2.thumb.webp", true)]
    [InlineData("a/x0198c0de00007000800000000000beef", false)]
    [InlineData("a/0198c0de00007000800000000000beef0", false)]
    [InlineData("a/0198c0de00004000800000000000beef", false)]
    [InlineData("a/0198c0de00007000c00000000000beef", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryFindIn_Key_FindsADelimitedId(string? key, bool found) => UploadId.TryFindIn(key, out _).Should().Be(found);

    [Fact]
    public void TryFindIn_KeysOfAnyPieces_FindsTheFirstWholeRunThatIsAnId()
    {
        string[] pieces =
        [
            "0198c0de00007000800000000000beef", "0198c0de00007000800000000000BEEF", "0198c0de00004000800000000000beef",
            "0198c0de00007000c00000000000beef", "ffffffffffff7fffbfffffffffffffff",
            "a", "7", "Z", "/", "-", "_", ".", "é", "\ud83d\ude00", "٣", "",
        ];
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++)
        {
            var key = string.Concat(random.GetItems(pieces, random.Next(7)));
            var expected = WholeRun().Match(key) is { Success: true } run ? run.Value : null;

            UploadId.TryFindIn(key, out var id).Should().Be(expected is not null, "of {0}", key);
            if (expected is not null)
                id.ToString().Should().Be(expected);
        }
    }

    [Fact]
    public void TryFindIn_KeyTooLong_FindsNothing()
    {
        const string Id = "0198c0de00007000800000000000beef";
        UploadId.TryFindIn(Id + "/" + new string('a', 1024 - Id.Length - 1), out _).Should().BeTrue();
        UploadId.TryFindIn(Id + "/" + new string('a', 1024 - Id.Length), out _).Should().BeFalse();
        UploadId.TryFindIn(Id + "/" + new string('é', (1024 - Id.Length) / 2), out _).Should().BeFalse("é has two bytes");
    }

    [GeneratedRegex("(?<![A-Za-z0-9])[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}(?![A-Za-z0-9])")]
    private static partial Regex WholeRun();
}
