using System.Buffers.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Uploads;

public sealed class CapabilityTests
{
    [Fact]
    public void What_comes_out_of_one_draw_shares_nothing()
    {
        var minted = UploadCapabilities.New(Some.Start);

        // Neither all of it nor a piece: four equal bytes in a row are a coincidence once in millions of runs.
        string[] drawn = [Convert.ToHexStringLower(Base64Url.DecodeFromChars(minted.WriteToken.Value)), Convert.ToHexStringLower(Base64Url.DecodeFromChars(minted.ReadToken.Value))];
        Pieces(drawn[0]).Should().NotIntersectWith(Pieces(drawn[1]));
        drawn.Should().AllSatisfy(token => Pieces(token).Should().NotIntersectWith(Pieces(minted.Id.ToString()[18..])));
    }

    [Fact]
    public void No_two_draws_are_alike()
    {
        var minted = Enumerable.Range(0, 1000).Select(_ => UploadCapabilities.New(Some.Start)).ToArray();

        minted.Select(one => one.Id).Should().OnlyHaveUniqueItems();
        minted.SelectMany(one => new[] { one.WriteToken, one.ReadToken }).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Its_id_carries_its_time()
    {
        var id = UploadCapabilities.New(Some.Start).Id.ToString();

        id[..12].Should().Be(Some.Start.ToUnixTimeMilliseconds().ToString("x12", null));
        id.Should().MatchRegex(@"\A[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}\z");
    }

    [Fact]
    public void It_never_prints_its_tokens()
    {
        var minted = UploadCapabilities.New(Some.Start);

        minted.ToString().Should().Contain(minted.Id.ToString()).And.NotContain(minted.WriteToken.Value).And.NotContain(minted.ReadToken.Value);
    }

    private static IEnumerable<string> Pieces(string hex) => Enumerable.Range(0, hex.Length - 7).Select(at => hex.Substring(at, 8));
}
