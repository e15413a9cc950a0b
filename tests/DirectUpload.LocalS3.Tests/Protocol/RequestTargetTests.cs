using CsCheck;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Tests.Protocol;

public class RequestTargetTests
{
    [Theory]
    [InlineData("/", "", "", "/")]
    [InlineData("/uploads", "uploads", "", "/uploads")]
    [InlineData("/uploads/", "uploads", "", "/uploads/")]
    [InlineData("/uploads/a%20b%2Bc/%C3%A9", "uploads", "a b+c/é", "/uploads/a%20b%2Bc/%C3%A9")]
    [InlineData("/uploads/a+b", "uploads", "a+b", "/uploads/a%2Bb")]
    [InlineData("/uploads//a//b/", "uploads", "/a//b/", "/uploads//a//b/")]
    [InlineData("/uploads/../x/./y.", "uploads", "../x/./y.", "/uploads/../x/./y.")]
    [InlineData("/uploads/%2e%2e/x", "uploads", "../x", "/uploads/../x")]
    [InlineData("/uploads/100%", "uploads", "100%", "/uploads/100%25")]
    [InlineData("http://host:1/uploads/a?x=1", "uploads", "a", "/uploads/a")]
    public void The_path_is_used_as_sent(string raw, string bucket, string key, string canonical)
    {
        var target = RequestTarget.Parse(raw);
        (target.Bucket, target.Key, target.CanonicalPath).Should().Be((bucket, key, canonical));
    }

    [Theory]
    [InlineData("/uploads/%FF", "InvalidURI")]
    [InlineData("/uploads/a%00b", "InvalidArgument")]
    public void An_invalid_key_is_refused(string raw, string code) =>
        ((Action)(() => RequestTarget.Parse(raw))).Should().Throw<S3Exception>().Which.Code.Should().Be(code);

    [Fact]
    public void A_key_has_at_most_1024_bytes()
    {
        RequestTarget.Parse("/b/" + Uri.EscapeDataString(new string('é', 512))).Key.Should().HaveLength(512);
        ((Action)(() => RequestTarget.Parse("/b/" + Uri.EscapeDataString(new string('é', 512) + "x"))))
            .Should().Throw<S3Exception>().Which.Code.Should().Be("KeyTooLongError");
    }

    [Fact]
    public void The_canonical_query_is_sorted_and_reencoded() =>
        RequestTarget.Parse("/b?z=1&a=%2f&a=+&acl&X-Amz-Signature=s&A=é").Query.ToCanonicalString()
            .Should().Be("A=%C3%A9&a=%20&a=%2F&acl=&z=1");

    [Fact]
    public void Encoding_and_decoding_round_trip() =>
        Gen.String[0, 50].Where(s => !s.Any(char.IsSurrogate))
            .Sample(text => UriEncoding.DecodeText(UriEncoding.Encode(text), plusIsSpace: true) == text);
}
