using System.Buffers.Text;
using DirectUpload.Requests;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Requests;

public sealed class UploadCredentialsTests
{
    [Fact]
    public void Create_IdAndTokens_ShareNoBytes()
    {
        var minted = UploadCredentials.Create(TestData.Start);

        // Neither all of it nor a piece: four equal bytes in a row are a coincidence once in millions of runs.
        string[] drawn = [Convert.ToHexStringLower(Base64Url.DecodeFromChars(minted.WriteToken.Value)), Convert.ToHexStringLower(
            Base64Url.DecodeFromChars(minted.ReadToken.Value))];
        GetSubstrings(drawn[0]).Should().NotIntersectWith(GetSubstrings(drawn[1]));
        drawn.Should().AllSatisfy(token => GetSubstrings(token).Should().NotIntersectWith(GetSubstrings(minted.Id.ToString()[18..])));
    }

    [Fact]
    public void Create_Repeatedly_IsUnique()
    {
        var minted = Enumerable.Range(0, 1000).Select(_ => UploadCredentials.Create(TestData.Start)).ToArray();

        minted.Select(one => one.Id).Should().OnlyHaveUniqueItems();
        minted.SelectMany(one => new[] { one.WriteToken, one.ReadToken }).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Create_Id_ContainsTheTime()
    {
        var id = UploadCredentials.Create(TestData.Start).Id.ToString();

        id[..12].Should().Be(TestData.Start.ToUnixTimeMilliseconds().ToString("x12", null));
        id.Should().MatchRegex(@"\A[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}\z");
    }

    [Fact]
    public void ToString_ContainsNoToken()
    {
        var minted = UploadCredentials.Create(TestData.Start);

        minted.ToString().Should().Contain(minted.Id.ToString()).And.NotContain(minted.WriteToken.Value)
            .And.NotContain(minted.ReadToken.Value);
    }

    private static IEnumerable<string> GetSubstrings(string hex) => Enumerable.Range(0, hex.Length - 7).Select(at => hex.Substring(at, 8));
}
