#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;

namespace DirectUpload.S3Conformance.SelfTests;

/// <summary>The first is AWS's own example, the policies are AWS's page; the others were computed by two independent signers.</summary>
public sealed class TestSignerTests
{
    private static readonly S3Access Example =
        new("http://localhost:9000", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    private static readonly TestSigner Signer = new(Example)
    {
        SignedAt = new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero),
        Host = "examplebucket.s3.amazonaws.com",
    };

    private static readonly WireRequest PutText = new WireRequest("PUT", "/test.txt").WithHeader("content-type", "text/plain");

    [Fact]
    public void Get() => Signature(Signer, new WireRequest("GET", "/test.txt"))
        .Should().Be("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");

    [Fact]
    public void Put_with_signed_headers() => Signature(Signer, PutText.WithHeader("content-length", "11").WithHeader("if-none-match", "*"))
        .Should().Be("6510414c38710ce479e7d34236d40e8e8707b729f18e54f7ff192fe840bb49e9");

    [Fact]
    public void Key_with_special_characters() =>
        Signature(Signer, new WireRequest("GET", "/" + UriEncoding.EncodePath("a b+c/\u00e9(1)~*'!@=.txt")))
            .Should().Be("1f78bb8d718027cae25e601a7001fdc79982037ea509b932f20cd60cd53b5a70");

    [Fact]
    public void Session_token() => Signature(Signer with { SessionToken = "TOKEN/with+chars==" }, PutText)
        .Should().Be("58a606ccb3b4b23d5d2c9a65711d63e79a11f3973456d297eb4d887ff731cf1d");

    [Fact]
    public void Query() => Signature(Signer, new WireRequest("PUT", "/test.txt").WithQuery("partNumber", "1").WithQuery("uploadId",
        "abc+def"))
        .Should().Be("cacce7e78560efdf9f7f4f8d41d37b600b6106e391a4fa2fc35cc612416c88b9");

    [Fact]
    public void Port_and_path_style() => Signature(Signer with { Host = Example.Host }, PutText with { Path = "/examplebucket/test.txt" })
        .Should().Be("35834a6b2cfaf4f62b68ff15accd3cc28130796a24b9e713a96e128270b8f91c");

    [Fact]
    public void Policy()
    {
        // byte for byte, so on one line
        const string policy =
            """{"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": "sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": "20151229T000000Z"}]}""";
        var signer = Signer with { SignedAt = new DateTimeOffset(2015, 12, 29, 0, 0, 0, TimeSpan.Zero) };
        signer.SignPolicy(Convert.ToBase64String(Encoding.UTF8.GetBytes(policy)))
            .Should().Be("3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
    }

    private static string Signature(TestSigner signer, WireRequest request) =>
        signer.Presign(request, 86400).Query.Single(p => p.Key == "X-Amz-Signature").Value;
}
