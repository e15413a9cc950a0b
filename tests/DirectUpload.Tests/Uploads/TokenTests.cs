using System.Text.Json;
using CsCheck;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Uploads;

public sealed class TokenTests
{
    [Fact]
    public void Every_new_token_is_43_characters_of_base64url_and_unlike_any_other()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => UploadToken.New().Value).ToArray();

        tokens.Should().OnlyHaveUniqueItems();
        tokens.Should().AllSatisfy(token => token.Should().MatchRegex(@"\A[A-Za-z0-9_-]{43}\z"));
    }

    [Fact]
    public void A_token_never_prints_itself()
    {
        var token = UploadToken.New();

        token.ToString().Should().Be("(upload token)");
        $"{token} {new { token }}".Should().NotContain(token.Value);
        default(UploadToken).ToString().Should().Be("(upload token)");
    }

    [Fact]
    public void A_token_is_read_back_as_it_was_sent()
    {
        var token = UploadToken.New();

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
    public void What_can_not_be_a_token_is_not_read(string? text)
    {
        UploadToken.TryParse(text, out var token).Should().BeFalse();
        token.Should().Be(default(UploadToken));
    }

    [Fact]
    public void A_hash_matches_its_own_token_only()
    {
        var token = UploadToken.New();

        token.Hash().Matches(token).Should().BeTrue();
        token.Hash().Matches(UploadToken.New()).Should().BeFalse();
        token.Hash().Matches(default).Should().BeFalse();
    }

    [Fact]
    public void No_token_matches_the_hash_that_is_not_there()
    {
        default(UploadTokenHash).Matches(default).Should().BeFalse();
        default(UploadTokenHash).Matches(UploadToken.New()).Should().BeFalse();
    }

    [Fact]
    public void A_hash_is_the_SHA_256_of_the_tokens_text() =>
        UploadTokenHash.Of("abc").ToString().Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void A_hash_has_the_same_length_for_every_token_and_is_read_back() => Gen.Int[0, 1].Sample(_ =>
    {
        var hash = UploadToken.New().Hash();

        hash.ToString().Should().MatchRegex(@"\A[0-9a-f]{64}\z");
        UploadTokenHash.Parse(hash.ToString()).Should().Be(hash);
    }, iter: Cases.Times(200));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0")]
    public void What_is_no_hash_is_not_read(string? hex)
    {
        UploadTokenHash.TryParse(hex, out _).Should().BeFalse();
        FluentActions.Invoking(() => UploadTokenHash.Parse(hex!)).Should().Throw<FormatException>();
    }

    [Fact]
    public void A_record_and_its_grant_print_no_token()
    {
        var write = UploadToken.New();
        var read = UploadToken.New();
        var record = Some.Record(write, read);
        var grant = new UploadGrant(record, write, read, new(UploadMethod.Put, "https://x", new Dictionary<string, string>(), new Dictionary<string, string>(), default));

        (record.ToString() + grant + JsonSerializer.Serialize(record)).Should().NotContain(write.Value).And.NotContain(read.Value);
    }
}
