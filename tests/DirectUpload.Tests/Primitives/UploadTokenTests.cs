using System.Text.Json;
using CsCheck;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Primitives;

public sealed class UploadTokenTests
{
    [Fact]
    public void New_Is43Base64UrlCharactersAndUnique()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => UploadToken.Create().Value).ToArray();

        tokens.Should().OnlyHaveUniqueItems();
        tokens.Should().AllSatisfy(token => token.Should().MatchRegex(@"\A[A-Za-z0-9_-]{43}\z"));
    }

    [Fact]
    public void ToString_ContainsNoToken()
    {
        var token = UploadToken.Create();

        token.ToString().Should().Be("(upload token)");
        $"{token} {new { token }}".Should().NotContain(token.Value);
        default(UploadToken).ToString().Should().Be("(upload token)");
    }

    [Fact]
    public void TryParse_Value_RoundTrips()
    {
        var token = UploadToken.Create();

        UploadToken.TryParse(token.Value, out var parsed).Should().BeTrue();
        parsed.Should().Be(token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAé")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryParse_InvalidText_Fails(string? text)
    {
        UploadToken.TryParse(text, out var token).Should().BeFalse();
        token.Should().Be(default(UploadToken));
    }

    [Fact]
    public void Matches_OnlyItsOwnToken()
    {
        var token = UploadToken.Create();

        token.Hash().Matches(token).Should().BeTrue();
        token.Hash().Matches(UploadToken.Create()).Should().BeFalse();
        token.Hash().Matches(default).Should().BeFalse();
    }

    [Fact]
    public void Matches_DefaultHash_IsFalse()
    {
        default(UploadTokenHash).Matches(default).Should().BeFalse();
        default(UploadTokenHash).Matches(UploadToken.Create()).Should().BeFalse();
    }

    [Fact]
    public void Hash_IsTheSha256OfTheText() =>
        UploadTokenHash.Compute("abc").ToString().Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void Hash_AnyToken_HasFixedLengthAndRoundTrips() => Gen.Int[0, 1].Sample(_ =>
    {
        var hash = UploadToken.Create().Hash();

        hash.ToString().Should().MatchRegex(@"\A[0-9a-f]{64}\z");
        UploadTokenHash.Parse(hash.ToString()).Should().Be(hash);
    }, iter: SampleCount.Scale(200));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0")]
    public void ParseHash_InvalidText_Fails(string? hex)
    {
        UploadTokenHash.TryParse(hex, out _).Should().BeFalse();
        FluentActions.Invoking(() => UploadTokenHash.Parse(hex!)).Should().Throw<FormatException>();
    }

    [Fact]
    public void ToString_RecordAndGrant_ContainNoToken()
    {
        var write = UploadToken.Create();
        var read = UploadToken.Create();
        var record = TestData.CreateRecord(write, read);
        var grant = new UploadGrant(
            Upload.From(record), write, read, new UploadInstructions { Method = UploadMethod.Put, Url = "https://x", ExpiresAt = default });

        (record.ToString() + grant + JsonSerializer.Serialize(record)).Should().NotContain(write.Value).And.NotContain(read.Value);
    }
}
